"""Places on the monitors."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

_MOST = 0.94
"""Share of the screen: title bars are not counted in a window's size."""


def on_a_screen(place: QRect) -> bool:
    """Whether any of it can be seen: the monitor on which a window was last time may be gone."""
    return any(screen.availableGeometry().intersects(place) for screen in QGuiApplication.screens())


def in_the_middle(size: QSize, screen: QRect) -> QRect:
    """A place of that size or smaller, which leaves room for the window's frame."""
    place = QRect(screen.topLeft(), size.boundedTo(screen.size() * _MOST))
    place.moveCenter(screen.center())
    return place
