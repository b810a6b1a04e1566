"""A Qt that needs no display."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from klipnet_live.captions.painter import CaptionPainter


@pytest.fixture
def painter(qapp: QApplication) -> CaptionPainter:
    return CaptionPainter()
