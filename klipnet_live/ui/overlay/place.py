"""Where the overlay is: by its lower left corner, from which its text grows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

from klipnet_live.settings import OverlaySettings
from klipnet_live.ui.widgets.screens import on_a_screen

_ABOVE = 0.2
"""Share of the screen's height below the captions: the controls of a call are there."""


def first_corner(settings: OverlaySettings, font: QFont) -> QPoint:
    """Where it was last time, or above the controls of a call, a full line in the middle of the screen."""
    if settings.geometry is not None and on_a_screen(QRect(*settings.geometry)):
        left, top, _, height = settings.geometry
        return QPoint(left, top + height)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    columns = settings.latin_columns + 10
    width = min(QFontMetrics(font).averageCharWidth() * columns, screen.width())
    left = screen.center().x() - width // 2
    return QPoint(left, screen.bottom() - round(screen.height() * _ABOVE))


def within_screen(place: QRect) -> QRect:
    """The nearest place that is wholly on the screen on which most of it is."""
    screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
    area, inside = screen.availableGeometry(), QRect(place)
    inside.moveRight(min(inside.right(), area.right()))
    inside.moveLeft(max(inside.left(), area.left()))
    inside.moveBottom(min(inside.bottom(), area.bottom()))
    inside.moveTop(max(inside.top(), area.top()))
    return inside
