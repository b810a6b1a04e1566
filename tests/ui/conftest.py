"""A Qt that needs no display."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from klipnet_live.settings import Settings
from klipnet_live.ui.appearance import Appearance, appearance_of, apply_appearance
from klipnet_live.ui.fonts import load_fonts


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    look = appearance_of(Settings(theme="light"), load_fonts())
    apply_appearance(qapp, look)
    return look
