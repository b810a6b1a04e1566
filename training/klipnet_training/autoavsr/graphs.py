"""The graphs that the app runs: a front-end for chunks, the encoder for a whole line, the decoder for texts.

The front-end sees two frames ahead: what it gives for a chunk belongs to the frames two before it. The app
leaves the first two out (`lookahead_frames` of the manifest): the rest are frames of the line again.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from klipnet_live.types import UserError
from klipnet_training.autoavsr.network import AFTER, BEFORE, FEATURES, LipReader
from klipnet_training.export.graphs import session
from klipnet_training.export.whole import change, speaking_of

CROP_PX = 88
"""Height and width of the pictures that the network reads."""

MEAN, DEVIATION = 0.421, 0.165
"""Of grey values from 0 to 1, as the released models were trained."""

CHUNK_FRAMES = 2
TOLERANCE = 1e-3
"""Largest difference between torch and the exported graphs."""

_MOUTH = slice(22, 66), slice(14, 74)
"""Rows and columns of a crop in which the mouth moves."""

_IMPOSSIBLE = -30.0
_CARRIED = BEFORE + AFTER
_STEADY = 3
"""Crops before a chunk that say whether the mouth moves."""


class FrontEndGraph(nn.Module):
    """Chunks of crops to features, with the frames before them as state."""

    def __init__(self, network: LipReader) -> None:
        super().__init__()
        self.frontend, self._symbols = network.frontend, network.sizes.symbols

    def forward(self, frames: Tensor, before: Tensor, crops: Tensor) -> tuple[Tensor, ...]:
        """`frames` (batch, chunk, 88, 88) u8; `before` (batch, 4, 88, 88); `crops` (batch, 3, 44, 60)."""
        raw = frames.float()
        clip = torch.cat([before, (raw / 255 - MEAN) / DEVIATION], dim=1)
        features = self.frontend(clip)
        mouths = torch.cat([crops, raw[:, :, _MOUTH[0], _MOUTH[1]]], dim=1)
        speaking = speaking_of(change(mouths), frames.shape[1])
        blank = torch.zeros_like(speaking)[..., None]
        others = (blank + _IMPOSSIBLE).expand(-1, -1, self._symbols - 1)
        log_probs = torch.cat([blank, others], dim=-1)
        return log_probs, speaking, features, clip[:, -_CARRIED:], mouths[:, -_STEADY:]


class EncoderGraph(nn.Module):
    """A line's kept features, (batch, time, 512), to log-probabilities and to what the decoder reads."""

    def __init__(self, network: LipReader) -> None:
        super().__init__()
        self.network = network

    def forward(self, kept: Tensor) -> tuple[Tensor, Tensor]:
        encoded = self.network.encode(kept)
        return self.network.log_probs(encoded), encoded


@dataclass(frozen=True, slots=True)
class Graph:
    """One graph to export: its module, an example of its inputs, and which axes vary."""

    module: nn.Module
    inputs: Mapping[str, Tensor]
    outputs: tuple[str, ...]
    axes: Mapping[str, dict[int, str]]


def graphs_of(network: LipReader) -> dict[str, Graph]:
    """By the names of their files, without `.onnx`."""
    batch = {0: "batch"}
    frames = torch.randint(0, 255, (1, CHUNK_FRAMES, CROP_PX, CROP_PX), dtype=torch.uint8)
    states = states_of()
    outputs = ("log_probs", "speaking", "kept", *(f"next_{name}" for name in states))
    graphs = {
        "stream": Graph(
            FrontEndGraph(network),
            {"frames": frames, **states},
            outputs,
            dict.fromkeys(("frames", *states, *outputs), batch),
        ),
        "final": Graph(
            EncoderGraph(network),
            {"kept": torch.randn(1, 40, FEATURES)},
            ("log_probs", "encoded"),
            {name: {0: "batch", 1: "time"} for name in ("kept", "log_probs", "encoded")},
        ),
    }
    if network.decoder is not None:
        graphs["decoder"] = Graph(
            network.decoder,
            {
                "pieces": torch.zeros(2, 5, dtype=torch.int64),
                "encoded": torch.randn(1, 40, network.sizes.width),
            },
            ("log_probs",),
            {
                "pieces": {0: "texts", 1: "length"},
                "encoded": {1: "time"},
                "log_probs": {0: "texts", 1: "length"},
            },
        )
    return graphs


def states_of() -> dict[str, Tensor]:
    """What the front-end carries, before the first frame of a line."""
    rows, columns = (part.stop - part.start for part in _MOUTH)
    return {
        "before": torch.zeros(1, _CARRIED, CROP_PX, CROP_PX),
        "crops": torch.zeros(1, _STEADY, rows, columns),
    }


def write_graphs(network: LipReader, folder: Path) -> None:
    """One ONNX file for each graph."""
    for name, graph in graphs_of(network).items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                graph.module.eval(),
                tuple(graph.inputs.values()),
                str(folder / f"{name}.onnx"),
                input_names=list(graph.inputs),
                output_names=list(graph.outputs),
                dynamic_axes={axis: dict(names) for axis, names in graph.axes.items()},
                opset_version=17,
                dynamo=False,
            )


@torch.no_grad()
def compare(network: LipReader, folder: Path) -> float:
    """The largest difference between the graphs, read in chunks, and the network on whole clips.

    At two lengths, since an exporter can fix the time axis. UserError where they differ.
    """
    random = np.random.default_rng(0)
    largest = 0.0
    for length in (24, 74):
        clip = random.integers(0, 255, (1, length, CROP_PX, CROP_PX), np.uint8)
        kept = read_in_chunks(session(folder / "stream.onnx"), clip)
        normalised = (torch.from_numpy(clip).float() / 255 - MEAN) / DEVIATION
        whole = network.frontend(nn.functional.pad(normalised, (0, 0, 0, 0, BEFORE, 0)))
        encoded = network.encode(whole)
        kept = kept[:, AFTER:]
        log_probs, memory = session(folder / "final.onnx").run(None, {"kept": kept})
        pairs = [(kept, whole), (log_probs, network.log_probs(encoded)), (memory, encoded)]
        if network.decoder is not None:
            pieces = random.integers(0, network.sizes.symbols, (3, length // 4))
            feed = {"pieces": pieces, "encoded": memory}
            (texts,) = session(folder / "decoder.onnx").run(None, feed)
            pairs.append((texts, network.decoder(torch.from_numpy(pieces), encoded)))
        largest = max(largest, *(float(np.abs(one - other.numpy()).max()) for one, other in pairs))
    if not largest < TOLERANCE:
        raise UserError(
            "The exported graphs differ from torch by {difference:.4f}, and no model was written: install "
            "the torch and onnxruntime that constraints.txt names.",
            difference=largest,
        )
    return largest


def read_in_chunks(front_end: Any, clip: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What the front-end keeps of a clip (1, time, 88, 88): (1, time, 512), two frames late."""
    states = {name: value.numpy() for name, value in states_of().items()}
    kept = []
    for start in range(0, clip.shape[1], CHUNK_FRAMES):
        outputs = front_end.run(None, {"frames": clip[:, start : start + CHUNK_FRAMES], **states})
        kept.append(outputs[2])
        states = dict(zip(states, outputs[3:], strict=True))
    return np.concatenate(kept, axis=1)
