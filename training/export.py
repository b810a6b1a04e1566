"""`klipnet-export onnx RUN -o models/NAME`: a trained network becomes a model folder of the app."""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.manifest import GraphFile, Manifest, sha256_of, write_manifest
from klipnet_live.types import FloatArray, UserError
from training.config import Config
from training.model.cascade import FLUSH_FRAMES, Cascade, StreamState
from training.trained import load_network

CHUNK_FRAMES = 2
TOLERANCE = 1e-3
"""Largest difference of a log-probability between torch and the exported graph."""

STATES = StreamState._fields


class StreamGraph(nn.Module):
    """The streaming pass with its states as plain inputs and outputs."""

    def __init__(self, network: Cascade) -> None:
        super().__init__()
        self.network = network

    def forward(self, frames: Tensor, video: Tensor, features: Tensor, hidden: Tensor) -> tuple[Tensor, ...]:
        output = self.network.stream(frames, StreamState(video, features, hidden))
        return output.log_probs, torch.sigmoid(output.speaking), output.features, *output.state


class FinalGraph(nn.Module):
    """The second reading of the kept features of one line."""

    def __init__(self, network: Cascade) -> None:
        super().__init__()
        self.network = network

    def forward(self, kept: Tensor) -> Tensor:
        return self.network.final(kept)


def load_cascade(run: Path) -> tuple[Config, Cascade]:
    """Configuration and best weights of a run. UserError where its network cannot read live."""
    config, network = load_network(run)
    if not isinstance(network, Cascade):
        raise UserError(
            "{run} holds a {architecture}, which reads whole clips only: the app needs a cascade.",
            run=run,
            architecture=config.architecture,
        )
    return config, network


def export(run: Path, folder: Path, command: str = "") -> Manifest:
    """Write both graphs and the manifest, and compare the graphs with torch. UserError where they differ."""
    config, network = load_cascade(run)
    folder.mkdir(parents=True, exist_ok=True)
    start = network.start(1)
    frames = torch.randint(
        0, 255, (1, CHUNK_FRAMES, CropGeometry().height, CropGeometry().width), dtype=torch.uint8
    )
    _write(
        StreamGraph(network),
        (frames, *start),
        folder / "stream.onnx",
        ["frames", *STATES],
        ["log_probs", "speaking", "kept", *(f"next_{name}" for name in STATES)],
        time_axis=False,
    )
    kept = torch.zeros(1, 40, network.config.features)
    _write(FinalGraph(network), (kept,), folder / "final.onnx", ["kept"], ["log_probs"], time_axis=True)
    compare(network, folder)
    manifest = Manifest(
        name=folder.name,
        language=config.language,
        symbols=alphabet_for(config.language).symbols,
        chunk_frames=CHUNK_FRAMES,
        flush_frames=FLUSH_FRAMES,
        states={name: tuple(value.shape[1:]) for name, value in zip(STATES, start, strict=True)},
        stream=GraphFile("stream.onnx", sha256_of(folder / "stream.onnx")),
        final=GraphFile("final.onnx", sha256_of(folder / "final.onnx")),
        command=command,
    )
    write_manifest(folder, manifest)
    return manifest


def _write(
    graph: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    time_axis: bool,
) -> None:
    axes: dict[str, dict[int, str]] = {name: {0: "batch"} for name in (*inputs, *outputs)}
    if time_axis:
        for name in (*inputs, *outputs):
            axes[name][1] = "time"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # torch's newer exporter fixes the time length and writes GRUs with the wrong reset rule.
        torch.onnx.export(
            graph.eval(),
            example,
            str(path),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


@torch.no_grad()
def compare(network: Cascade, folder: Path) -> None:
    """Chunks of the exported graphs against whole clips in torch, at two lengths and two batch sizes."""
    sessions = {name: session(folder / f"{name}.onnx") for name in ("stream", "final")}
    random = np.random.default_rng(0)
    for length, batch in ((24, 1), (74, 3)):
        clip = random.integers(0, 255, (batch, length, CropGeometry().height, CropGeometry().width), np.uint8)
        whole = network.stream(torch.from_numpy(clip), network.start(batch))
        log_probs, kept = _in_chunks(sessions["stream"], clip, network)
        (final,) = sessions["final"].run(["log_probs"], {"kept": kept})
        for name, given, expected in (
            ("stream", log_probs, whole.log_probs),
            ("final", final, network.final(whole.features)),
        ):
            difference = float(np.abs(np.asarray(given) - expected.numpy()).max())
            if not difference < TOLERANCE:
                raise UserError(
                    "The exported {name} graph differs from torch by {difference:.4f} over {length} frames.",
                    name=name,
                    difference=difference,
                    length=length,
                )


def _in_chunks(stream: Any, clip: NDArray[np.uint8], network: Cascade) -> tuple[FloatArray, FloatArray]:
    state = {name: value.numpy() for name, value in zip(STATES, network.start(len(clip)), strict=True)}
    log_probs, kept = [], []
    for start in range(0, clip.shape[1], CHUNK_FRAMES):
        outputs = stream.run(None, {"frames": clip[:, start : start + CHUNK_FRAMES], **state})
        log_probs.append(outputs[0])
        kept.append(outputs[2])
        state = dict(zip(STATES, outputs[3:], strict=True))
    return np.concatenate(log_probs, axis=1), np.concatenate(kept, axis=1)


def session(path: Path) -> Any:
    """An ONNX Runtime session on one CPU thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def main(arguments: list[str] | None = None) -> int:
    """Entry point of `klipnet-export`."""
    parser = argparse.ArgumentParser(prog="klipnet-export", description="Turn a run into a model folder.")
    formats = parser.add_subparsers(dest="format", required=True)
    onnx = formats.add_parser("onnx", help="ONNX graphs and a manifest, checked against torch")
    onnx.add_argument("run", type=Path, metavar="RUN", help="folder that klipnet-train wrote")
    onnx.add_argument("-o", "--output", type=Path, required=True, help="model folder, such as models/en-grid")
    options = parser.parse_args(arguments)
    command = f"klipnet-export onnx {options.run.name} -o {options.output.as_posix()}"
    try:
        manifest = export(options.run, options.output, command)
    except (UserError, OSError) as error:
        print(f"klipnet-export: {error}", file=sys.stderr)
        return 1
    print(f"{options.output}: {manifest.language}, graphs equal to torch within {TOLERANCE}")
    return 0
