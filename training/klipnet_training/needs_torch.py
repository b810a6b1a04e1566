"""Import this first in commands that need PyTorch: if it is missing, they exit with installation advice."""

from __future__ import annotations

import importlib.util
import sys

NEEDED = ("torch", "onnx", "tensorboard", "jiwer")

_missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
if _missing:
    sys.exit(
        f"Training, evaluation and export need {', '.join(_missing)}. To install: "
        "pip install 'klipnet-live[train]'"
    )
