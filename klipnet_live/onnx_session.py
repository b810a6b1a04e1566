"""ONNX graphs on ONNX Runtime. The only file of the app that imports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnxruntime
from numpy.typing import NDArray

from klipnet_live.types import UserError

PREFERRED = ("CUDAExecutionProvider", "CoreMLExecutionProvider", "DmlExecutionProvider")
"""Tried in this order; a provider that cannot start falls back to the CPU."""

_CPU = "CPUExecutionProvider"


class OnnxSession:
    """One graph on one thread. `inputs`: their names and shapes; a size that varies is a text."""

    def __init__(self, path: Path, preferred: Sequence[str] = PREFERRED) -> None:
        """Errors: UserError where the graph cannot be loaded."""
        try:
            self._session = _started(path, preferred)
        except Exception as error:
            # ONNX Runtime's own errors have no common base.
            raise UserError(
                "The model {path} cannot be loaded ({reason}): copy its folder again, or choose "
                "another model.",
                path=path,
                reason=error,
            ) from error
        self.inputs: dict[str, list[int | str]] = {i.name: i.shape for i in self._session.get_inputs()}
        self.outputs: list[str] = [output.name for output in self._session.get_outputs()]
        self._path = path
        self._run_options = onnxruntime.RunOptions()

    @property
    def provider(self) -> str:
        """Where the graph runs: CPU, CUDA, CoreML or Dml."""
        return str(self._session.get_providers()[0]).removesuffix("ExecutionProvider")

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[Any]:
        """The outputs, in the order of `outputs`. UserError where the graph cannot give them."""
        try:
            return list(self._session.run(None, dict(inputs), self._run_options))
        except Exception as error:
            raise unfit(self._path, error) from error

    def interrupt(self) -> None:
        """End what runs, and all that is run from now on, with an error: a graph may be endless."""
        self._run_options.terminate = True


def unfit(path: Path, reason: object) -> UserError:
    """The graph can be loaded, but not used."""
    return UserError(
        "The model {path} does not do what it should ({reason}): copy its folder again, or choose another "
        "model.",
        path=path,
        reason=str(reason).partition("\n")[0],
    )


def _started(path: Path, preferred: Sequence[str]) -> onnxruntime.InferenceSession:
    """A session on the first provider that really starts."""
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
    # A graphics card that is not there would be reported at length; the CPU does as well.
    onnxruntime.set_default_logger_severity(4)
    options.log_severity_level = 4
    # On Windows this, not the environment, keeps it from sending usage data.
    onnxruntime.disable_telemetry_events()
    # A spinning thread would take a core from the face tracker between chunks.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
