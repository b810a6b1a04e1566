"""Questions about the monitors."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication


def on_a_screen(place: QRect) -> bool:
    """Whether any of it can be seen: the monitor on which a window was last time may be gone."""
    return any(screen.availableGeometry().intersects(place) for screen in QGuiApplication.screens())
