"""Imported first by the commands that need PyTorch: where it is missing, one line says how to get it."""

from __future__ import annotations

import importlib.util
import sys

NEEDED = ("torch", "onnx", "tensorboard", "jiwer")

_missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
if _missing:
    sys.exit(
        f"Training, evaluating and exporting need {', '.join(_missing)}, which this installation lacks: "
        "pip install 'klipnet-live[train]'"
    )
