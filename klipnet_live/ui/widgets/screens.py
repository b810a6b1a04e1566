"""Window geometry on the screens."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

_MAX_SHARE = 0.94
"""Maximum share of the screen, which leaves space for the title bar and the frame."""


def on_a_screen(place: QRect) -> bool:
    """Whether a rectangle is at least partly visible. A saved position may be on a disconnected monitor."""
    return any(screen.availableGeometry().intersects(place) for screen in QGuiApplication.screens())


def centred(size: QSize, screen: QRect) -> QRect:
    """Return a rectangle of this size or smaller, centred on the screen."""
    place = QRect(screen.topLeft(), size.boundedTo(screen.size() * _MAX_SHARE))
    place.moveCenter(screen.center())
    return place
