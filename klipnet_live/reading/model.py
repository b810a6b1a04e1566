"""A released model on ONNX Runtime. The only file of the app that imports onnxruntime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from klipnet_live.manifest import load_manifest
from klipnet_live.types import FloatArray, GreyImage, UserError

PREFERRED = ("CUDAExecutionProvider", "CoreMLExecutionProvider", "DmlExecutionProvider")
"""Tried in this order; a provider that cannot start falls back to the CPU."""

State = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a chunk gave for one speaker.

    log_probs (chunk, symbols); speaking (chunk,), probabilities; kept (chunk, features); state after it.
    """

    log_probs: FloatArray
    speaking: FloatArray
    kept: FloatArray
    state: State


class LipModel:
    """Reads chunks of many speakers in one batch, and finished lines a second time."""

    def __init__(self, folder: Path) -> None:
        self.manifest = load_manifest(folder)
        self._stream = _session(folder / self.manifest.stream.file)
        self._final = _session(folder / self.manifest.final.file)
        self._zeros = {name: np.zeros(shape, np.float32) for name, shape in self.manifest.states.items()}

    @property
    def provider(self) -> str:
        """Where the model runs: CPU, CUDA, CoreML or Dml."""
        return str(self._stream.get_providers()[0]).removesuffix("ExecutionProvider")

    def start(self) -> State:
        """The state before the first frame of a line."""
        return self._zeros

    def stream(self, frames: Sequence[Sequence[GreyImage]], states: Sequence[State]) -> list[Chunk]:
        """The next chunk of each speaker: `chunk_frames` crops and the state before them."""
        batch = np.stack([np.stack(crops) for crops in frames])
        inputs = {name: np.stack([state[name] for state in states]) for name in self._zeros}
        log_probs, speaking, kept, *after = self._stream.run(None, {"frames": batch, **inputs})
        return [
            Chunk(
                log_probs[i],
                speaking[i],
                kept[i],
                {n: part[i] for n, part in zip(inputs, after, strict=True)},
            )
            for i in range(len(batch))
        ]

    def final(self, kept: FloatArray) -> FloatArray:
        """Log-probabilities (time, symbols) of a line from its kept features (time, features)."""
        (log_probs,) = self._final.run(None, {"kept": kept[None]})
        return np.asarray(log_probs[0], dtype=np.float32)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # A graphics card that is not there would be reported at length; the CPU does as well.
    onnxruntime.set_default_logger_severity(4)
    options.log_severity_level = 4
    # On Windows this, not the environment, keeps it from sending usage data.
    onnxruntime.disable_telemetry_events()
    # A spinning thread would take a core from the face tracker between chunks.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    available = onnxruntime.get_available_providers()
    wanted = [name for name in PREFERRED if name in available]
    try:
        return _started(path, options, wanted)
    except Exception as error:
        raise UserError(
            "The model {path} cannot be loaded ({reason}): copy its folder again, or choose another model.",
            path=path,
            reason=error,
        ) from error


def _started(
    path: Path, options: onnxruntime.SessionOptions, wanted: Sequence[str]
) -> onnxruntime.InferenceSession:
    """A session on the first provider that really starts."""
    for provider in wanted:
        try:
            return onnxruntime.InferenceSession(
                str(path), options, providers=[provider, "CPUExecutionProvider"]
            )
        except Exception:
            continue
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
