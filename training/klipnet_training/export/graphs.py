"""Exports the two graphs that the app runs: one for chunks with state, one for whole lines."""

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
"""Largest allowed difference of a log-probability between torch and the exported graph."""

GRAPHS = ("stream", "final")

Feed = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class LiveNetwork:
    """A network as the app runs it.

    `stream`: frames and states to log_probs, speaking, kept and the next states. `final`: kept to log_probs.
    `states`: initial states, (1, ...). `features`: number of kept features per frame. `keeps_crops`: whether
    they are the crops themselves.
    """

    stream: nn.Module
    final: nn.Module
    states: Mapping[str, Tensor]
    features: int
    flush_frames: int
    keeps_crops: bool = False


class StreamGraph(nn.Module):
    """The streaming pass with its states as separate inputs and outputs."""

    def __init__(self, network: Cascade) -> None:
        super().__init__()
        self.network = network

    def forward(self, frames: Tensor, video: Tensor, features: Tensor, hidden: Tensor) -> tuple[Tensor, ...]:
        output = self.network.stream(frames, StreamState(video, features, hidden))
        return output.log_probs, torch.sigmoid(output.speaking), output.features, *output.state


class FinalGraph(nn.Module):
    """The second pass over the kept features of a line."""

    def __init__(self, network: Cascade) -> None:
        super().__init__()
        self.network = network

    def forward(self, kept: Tensor) -> Tensor:
        return self.network.final(kept)


def live_cascade(network: Cascade) -> LiveNetwork:
    """A cascade network as the app runs it."""
    return LiveNetwork(
        StreamGraph(network).eval(),
        FinalGraph(network).eval(),
        network.start(1)._asdict(),
        network.config.features,
        FLUSH_FRAMES,
    )


def write_graphs(network: LiveNetwork, folder: Path) -> None:
    """Write stream.onnx, for chunks of a fixed length, and final.onnx, for lines of any length.

    Weights keep their names, so that a later training run can start from them.
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
    # In training mode torch keeps equal weights separate, and so keeps their names.
    graph.training = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # torch's newer exporter fixes the time axis and exports GRUs with the wrong reset rule.
        torch.onnx.export(
            graph,
            example,
            str(path),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
            # Folding here would lose the weights' names; ONNX Runtime folds constants when it loads a graph.
            do_constant_folding=False,
            training=torch.onnx.TrainingMode.PRESERVE,
        )
    graph.eval()


@torch.no_grad()
def compare(network: LiveNetwork, folder: Path) -> None:
    """Compare the exported graphs, run in chunks, with torch on whole clips, at two lengths and batch sizes.

    UserError if they differ.
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
            "The exported {name} graph differs from torch by {difference:.4f} over {length} frames, so no "
            "model was written: install the versions of torch and onnxruntime in constraints.txt.",
            name=name,
            difference=difference,
            length=given.shape[1],
        )


def in_chunks(
    stream: Any, clips: NDArray[np.uint8], network: LiveNetwork
) -> Iterator[tuple[Feed, list[FloatArray]]]:
    """Run the stream graph on clips (batch, time, height, width); yields inputs and outputs per chunk."""
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
