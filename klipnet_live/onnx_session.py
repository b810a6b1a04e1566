"""ONNX graphs on ONNX Runtime. The only module of the app that imports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnxruntime
from numpy.typing import NDArray

from klipnet_live.types import UserError

PREFERRED = ("CUDAExecutionProvider", "CoreMLExecutionProvider", "DmlExecutionProvider")
"""Tried in this order; if a provider fails to start, the CPU is used."""

_CPU = "CPUExecutionProvider"


class OnnxSession:
    """One graph, run on one thread. `inputs`: shapes by name; variable sizes are strings."""

    def __init__(self, path: Path, preferred: Sequence[str] = PREFERRED) -> None:
        """Load the graph. UserError if that fails."""
        try:
            self._session = _started(path, preferred)
        except Exception as error:
            # ONNX Runtime's exceptions have no common base class.
            raise UserError(
                "Cannot load the model {path} ({reason}). Copy its folder again or choose another model.",
                path=path,
                reason=error,
            ) from error
        self.inputs: dict[str, list[int | str]] = {i.name: i.shape for i in self._session.get_inputs()}
        self.outputs: list[str] = [output.name for output in self._session.get_outputs()]
        self.metadata: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        self._path = path
        self._run_options = onnxruntime.RunOptions()

    @property
    def provider(self) -> str:
        """Where the graph runs: CPU, CUDA, CoreML or Dml."""
        return str(self._session.get_providers()[0]).removesuffix("ExecutionProvider")

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[Any]:
        """The outputs, in the order of `outputs`. UserError if the run fails."""
        try:
            return list(self._session.run(None, dict(inputs), self._run_options))
        except Exception as error:
            raise unfit(self._path, error) from error

    def interrupt(self) -> None:
        """Abort the current run and all later ones with an error; a graph may run forever."""
        self._run_options.terminate = True


def unfit(path: Path, reason: object) -> UserError:
    """The error for a graph that loads but does not work as a lip model."""
    return UserError(
        "The model {path} does not work ({reason}). Copy its folder again or choose another model.",
        path=path,
        reason=str(reason).partition("\n")[0],
    )


def _started(path: Path, preferred: Sequence[str]) -> onnxruntime.InferenceSession:
    """A session on the first provider that starts."""
    options = _options()
    available = onnxruntime.get_available_providers()
    for provider in (name for name in preferred if name in available):
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=[provider, _CPU])
        except Exception:
            continue
    return onnxruntime.InferenceSession(str(path), options, providers=[_CPU])


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Missing GPUs would be logged at length; the CPU works as well.
    onnxruntime.set_default_logger_severity(4)
    options.log_severity_level = 4
    # On Windows usage data is switched off here and not by the environment variable.
    onnxruntime.disable_telemetry_events()
    # Spinning threads would take a core from the face tracker between chunks.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
