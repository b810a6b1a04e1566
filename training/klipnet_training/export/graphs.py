"""The two graphs that the app runs: one reads chunks with carried states, one a finished line."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.types import FloatArray, UserError
from klipnet_training.model.cascade import FLUSH_FRAMES, Cascade, StreamState

CHUNK_FRAMES = 2
TOLERANCE = 1e-3
"""Largest difference of a log-probability between torch and the exported graph."""

GRAPHS = ("stream", "final")

Feed = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class LiveNetwork:
    """A network as the app runs it.

    `stream`: frames and states to log_probs, speaking, kept and the next states. `final`: kept to log_probs.
    `states`: what they are before the first frame of a line, (1, ...). `features`: of a kept frame.
    """

    stream: nn.Module
    final: nn.Module
    states: Mapping[str, Tensor]
    features: int
    flush_frames: int


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


def live_cascade(network: Cascade) -> LiveNetwork:
    """A cascade, which is made for this."""
    return LiveNetwork(
        StreamGraph(network).eval(),
        FinalGraph(network).eval(),
        network.start(1)._asdict(),
        network.config.features,
        FLUSH_FRAMES,
    )


def write_graphs(network: LiveNetwork, folder: Path) -> None:
    """stream.onnx, for chunks of a fixed length, and final.onnx, for lines of any.

    Their weights are named as in the network, so that another training can begin with them.
    """
    crop, states = CropGeometry(), list(network.states)
    frames = torch.randint(0, 255, (1, CHUNK_FRAMES, crop.height, crop.width), dtype=torch.uint8)
    _write(
        network.stream,
        (frames, *network.states.values()),
        folder / "stream.onnx",
        ["frames", *states],
        ["log_probs", "speaking", "kept", *(f"next_{name}" for name in states)],
        time_axis=False,
    )
    kept = torch.zeros(1, 40, network.features)
    _write(network.final, (kept,), folder / "final.onnx", ["kept"], ["log_probs"], time_axis=True)


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
    # Of a graph that is to be trained on, torch keeps the weights apart even where they are equal.
    graph.training = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # torch's newer exporter fixes the time length and writes GRUs with the wrong reset rule.
        torch.onnx.export(
            graph,
            example,
            str(path),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
            # ONNX Runtime folds constants when it opens a graph; here it would cost them their names.
            do_constant_folding=False,
            training=torch.onnx.TrainingMode.PRESERVE,
        )
    graph.eval()


@torch.no_grad()
def compare(network: LiveNetwork, folder: Path) -> None:
    """Chunks of the exported graphs against whole clips in torch, at two lengths and two batch sizes.

    UserError where they differ.
    """
    stream, final = (session(folder / f"{name}.onnx") for name in GRAPHS)
    random, crop = np.random.default_rng(0), CropGeometry()
    for length, batch in ((24, 1), (74, 3)):
        clips = random.integers(0, 255, (batch, length, crop.height, crop.width), np.uint8)
        states = [value.expand(batch, *value.shape[1:]) for value in network.states.values()]
        whole, _, features, *_ = network.stream(torch.from_numpy(clips), *states)
        outputs = [output for _, output in in_chunks(stream, clips, network)]
        log_probs, _, kept, *_ = (np.concatenate(parts, axis=1) for parts in zip(*outputs, strict=True))
        (line,) = final.run(["log_probs"], {"kept": kept})
        _check_equal("stream", log_probs, whole)
        _check_equal("final", line, network.final(features))


def _check_equal(name: str, given: FloatArray, expected: Tensor) -> None:
    difference = float(np.abs(given - expected.numpy()).max())
    if not difference < TOLERANCE:
        raise UserError(
            "The exported {name} graph differs from torch by {difference:.4f} over {length} frames, and no "
            "model was written: install the torch and onnxruntime that constraints.txt names.",
            name=name,
            difference=difference,
            length=given.shape[1],
        )


def in_chunks(
    stream: Any, clips: NDArray[np.uint8], network: LiveNetwork
) -> Iterator[tuple[Feed, list[FloatArray]]]:
    """What the stream graph takes and gives for each chunk of clips (batch, time, height, width)."""
    state: Feed = {name: np.repeat(value.numpy(), len(clips), 0) for name, value in network.states.items()}
    for start in range(0, clips.shape[1] - CHUNK_FRAMES + 1, CHUNK_FRAMES):
        feed = {"frames": clips[:, start : start + CHUNK_FRAMES], **state}
        outputs = stream.run(None, feed)
        yield feed, outputs
        state = dict(zip(network.states, outputs[3:], strict=True))


def session(path: Path) -> Any:
    """An ONNX Runtime session on one CPU thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
