"""Locations of bundled files, in a checkout, an installation and a frozen app."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

_CHECKOUT = Path(__file__).parents[1]


def is_frozen() -> bool:
    """Whether this is the packaged app, which has no Python that could install or run other packages."""
    return bool(getattr(sys, "frozen", False))


def root() -> Path:
    """The folder that contains `assets/` and `models/`."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    return _CHECKOUT if (_CHECKOUT / "assets").is_dir() else _installed()


def _installed() -> Path:
    """Where pip put the data files: below the environment, or below the home folder with `--user`."""
    schemes = (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user"))
    folders = [Path(sysconfig.get_path("data", scheme), "share", "klipnet-live") for scheme in schemes]
    return next((folder for folder in folders if folder.is_dir()), folders[0])


ASSETS = root() / "assets"
MODELS = root() / "models"
FONTS = ASSETS / "fonts"
FACE_MODEL = ASSETS / "face_landmarker.task"
DEMOS = ASSETS / "demo"
SCENARIOS = root() / "training" / "scenarios"
