"""Locations of bundled files, in a checkout, an installation and a frozen app."""

from __future__ import annotations

import sys
from pathlib import Path

_INSTALLED = Path(sys.prefix) / "share" / "klipnet-live"
_CHECKOUT = Path(__file__).parents[1]


def root() -> Path:
    """The folder that contains `assets/` and `models/`."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    return _CHECKOUT if (_CHECKOUT / "assets").is_dir() else _INSTALLED


ASSETS = root() / "assets"
MODELS = root() / "models"
FONTS = ASSETS / "fonts"
FACE_MODEL = ASSETS / "face_landmarker.task"
DEMOS = ASSETS / "demo"
SCENARIOS = root() / "training" / "scenarios"
