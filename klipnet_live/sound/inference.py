"""ONNX graphs of sound, run by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime


class Session:
    """One graph. `inputs`: its inputs' names and shapes; a size that varies is a text."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self.inputs: dict[str, list[Any]] = {entry.name: entry.shape for entry in session.get_inputs()}
        self._outputs = [entry.name for entry in session.get_outputs()]

    def run(self, values: Mapping[str, np.ndarray]) -> dict[str, Any]:
        return dict(zip(self._outputs, self._session.run(None, dict(values)), strict=True))


def open_session(path: Path, threads: int = 1) -> Session:
    """Errors: OSError where the file cannot be read, ValueError where it is no graph."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    data = path.read_bytes()
    try:
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as problem:
        # ONNX Runtime raises errors of its own, which have no common base.
        raise ValueError(f"{path.name}: {problem}") from problem
    return Session(session)
