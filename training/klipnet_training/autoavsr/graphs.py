"""Exports the graphs that the app runs: a front-end for chunks, an encoder for whole lines, and a decoder.

The front-end looks two frames ahead, so its output for a chunk belongs to the frames two earlier. The app
drops the first two outputs (`lookahead_frames` of the manifest) to realign them with the line.
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
from klipnet_training.autoavsr.language_model import LanguageModel
from klipnet_training.autoavsr.network import AFTER, BEFORE, FEATURES, FrontEnd, LipReader
from klipnet_training.export.graphs import session
from klipnet_training.export.whole_clip import change, speaking_of

CROP_PX = 88
"""Height and width of the network's input in pixels."""

MEAN, DEVIATION = 0.421, 0.165
"""Normalisation of grey values in 0 to 1, as in the training of the released models."""

CHUNK_FRAMES = 5
"""A fifth of a second. On one core a frame costs 8.0 ms in chunks of two frames and 6.4 ms in chunks of
five: the weights of the last layers are larger than a processor's cache, and are fetched once a chunk.
"""

TOLERANCE = 1e-3
"""Largest difference between torch and the exported graphs: of features relative to the largest one, of
outputs in probabilities, since the rounding of unlikely symbols' logarithms says nothing.
"""

_MOUTH = slice(22, 66), slice(14, 74)
"""Rows and columns of a crop that contain the mouth."""

_IMPOSSIBLE = -30.0
_STATE_FRAMES = BEFORE + AFTER
SEEN = BEFORE + 1 + AFTER
"""Number of frames that a feature depends on."""

_MOTION_FRAMES = 3
"""Number of crops before a chunk that are used to detect motion."""


class FrontEndGraph(nn.Module):
    """Front-end graph: chunks of crops to features, with the previous frames as state."""

    def __init__(self, network: LipReader) -> None:
        super().__init__()
        self.first, self.trunk = in_two_dimensions(network.frontend), network.frontend.trunk
        self._symbols = network.sizes.symbols

    def forward(self, frames: Tensor, before: Tensor, crops: Tensor) -> tuple[Tensor, ...]:
        """`frames` (batch, chunk, 88, 88) uint8; `before` (batch, 4, 88, 88); `crops` (batch, 3, 44, 60)."""
        raw = frames.float()
        clip = torch.cat([before, (raw / 255 - MEAN) / DEVIATION], dim=1)
        windows = torch.stack([clip[:, i : i + SEEN] for i in range(CHUNK_FRAMES)], dim=1)
        features = self.trunk(self.first(windows.flatten(0, 1))).reshape(-1, CHUNK_FRAMES, FEATURES)
        mouths = torch.cat([crops, raw[:, :, _MOUTH[0], _MOUTH[1]]], dim=1)
        speaking = speaking_of(change(mouths), frames.shape[1])
        blank = torch.zeros_like(speaking)[..., None]
        others = (blank + _IMPOSSIBLE).expand(-1, -1, self._symbols - 1)
        log_probs = torch.cat([blank, others], dim=-1)
        return log_probs, speaking, features, clip[:, -_STATE_FRAMES:], mouths[:, -_MOTION_FRAMES:]


def in_two_dimensions(frontend: FrontEnd) -> nn.Sequential:
    """The layers before the ResNet for windows of five frames, (n, 5, 88, 88): a frame is a channel.

    The same sums as those of the 3-D convolution, which ONNX Runtime computes more slowly.
    """
    weights = frontend.frontend3D[0].get_parameter("weight")
    flat = nn.Conv2d(SEEN, len(weights), 7, 2, 3, bias=False)
    flat.weight = nn.Parameter(weights[:, 0])
    norm = nn.BatchNorm2d(len(weights))
    norm.load_state_dict(frontend.frontend3D[1].state_dict())
    return nn.Sequential(flat, norm, frontend.frontend3D[2], nn.MaxPool2d(3, 2, 1))


class EncoderGraph(nn.Module):
    """Encoder graph: a line's features (batch, time, 512) to log-probabilities and the decoder's input."""

    def __init__(self, network: LipReader) -> None:
        super().__init__()
        self.network = network

    def forward(self, kept: Tensor) -> tuple[Tensor, Tensor]:
        encoded = self.network.encode(kept)
        return self.network.log_probs(encoded), encoded


@dataclass(frozen=True, slots=True)
class Graph:
    """One graph to export: module, example inputs, output names and dynamic axes."""

    module: nn.Module
    inputs: Mapping[str, Tensor]
    outputs: tuple[str, ...]
    axes: Mapping[str, dict[int, str]]


def graphs_of(network: LipReader, language_model: LanguageModel | None = None) -> dict[str, Graph]:
    """The graphs by file name without `.onnx`."""
    batch = {0: "batch"}
    frames = torch.randint(0, 255, (1, CHUNK_FRAMES, CROP_PX, CROP_PX), dtype=torch.uint8)
    states = initial_states()
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
    texts = {"pieces": torch.zeros(2, 5, dtype=torch.int64)}
    lengths = {name: {0: "texts", 1: "length"} for name in ("pieces", "log_probs")}
    if network.decoder is not None:
        encoded = {"encoded": torch.randn(1, 40, network.sizes.width)}
        axes = lengths | {"encoded": {1: "time"}}
        graphs["decoder"] = Graph(network.decoder, texts | encoded, ("log_probs",), axes)
    if language_model is not None:
        graphs["language_model"] = Graph(language_model, texts, ("log_probs",), lengths)
    return graphs


def initial_states() -> dict[str, Tensor]:
    """State of the front-end before the first frame of a line."""
    rows, columns = (part.stop - part.start for part in _MOUTH)
    return {
        "before": torch.zeros(1, _STATE_FRAMES, CROP_PX, CROP_PX),
        "crops": torch.zeros(1, _MOTION_FRAMES, rows, columns),
    }


def write_graphs(graphs: Mapping[str, Graph], folder: Path) -> None:
    """Write one ONNX file for each graph."""
    for name, graph in graphs.items():
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
def compare(network: LipReader, folder: Path, language_model: LanguageModel | None = None) -> float:
    """The largest difference between the graphs, run in chunks, and the torch network on whole clips.

    Compares two lengths, since an exporter can fix the time axis. UserError if they differ.
    """
    random = np.random.default_rng(0)
    largest = 0.0
    for length in (25, 75):
        clip = random.integers(0, 255, (1, length, CROP_PX, CROP_PX), np.uint8)
        normalised = (torch.from_numpy(clip).float() / 255 - MEAN) / DEVIATION
        whole = network.frontend(nn.functional.pad(normalised, (0, 0, 0, 0, BEFORE, 0)))
        encoded = network.encode(whole)
        kept = read_in_chunks(session(folder / "stream.onnx"), clip)[:, AFTER:]
        log_probs, memory = session(folder / "final.onnx").run(None, {"kept": kept})
        pairs = [
            (kept, whole),
            (memory, encoded),
            (np.exp(log_probs), network.log_probs(encoded).exp()),
        ]
        pieces = random.integers(1, network.sizes.symbols, (3, length // 4))
        texts = torch.from_numpy(pieces)
        if network.decoder is not None:
            (found,) = session(folder / "decoder.onnx").run(None, {"pieces": pieces, "encoded": memory})
            pairs.append((np.exp(found), network.decoder(texts, encoded).exp()))
        if language_model is not None:
            (found,) = session(folder / "language_model.onnx").run(None, {"pieces": pieces})
            pairs.append((np.exp(found), language_model(texts).exp()))
        largest = max(largest, *(_difference(one, other.numpy()) for one, other in pairs))
    if not largest < TOLERANCE:
        raise UserError(
            "The exported graphs differ from torch by {difference:.4f}, so no model was written: install the "
            "versions of torch and onnxruntime in constraints.txt.",
            difference=largest,
        )
    return largest


def _difference(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.abs(one - other).max() / max(1.0, float(np.abs(other).max())))


def read_in_chunks(front_end: Any, clip: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Features (1, time, 512) of a clip (1, time, 88, 88), delayed by two frames."""
    states = {name: value.numpy() for name, value in initial_states().items()}
    kept = []
    for start in range(0, clip.shape[1], CHUNK_FRAMES):
        outputs = front_end.run(None, {"frames": clip[:, start : start + CHUNK_FRAMES], **states})
        kept.append(outputs[2])
        states = dict(zip(states, outputs[3:], strict=True))
    return np.concatenate(kept, axis=1)
