"""The position of the overlay, given by its lower left corner, as its height varies."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

from klipnet_live.settings import OverlaySettings
from klipnet_live.ui.widgets.screens import on_a_screen

_MARGIN_BELOW = 0.2
"""Fraction of the screen's height left free below, where calls have their controls."""


def initial_corner(settings: OverlaySettings, font: QFont) -> QPoint:
    """The remembered position, or centred above the usual controls of a call."""
    if settings.geometry is not None and on_a_screen(QRect(*settings.geometry)):
        left, top, _, height = settings.geometry
        return QPoint(left, top + height)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    columns = settings.latin_columns + 10
    width = min(QFontMetrics(font).averageCharWidth() * columns, screen.width())
    left = screen.center().x() - width // 2
    return QPoint(left, screen.bottom() - round(screen.height() * _MARGIN_BELOW))


def within_screen(place: QRect) -> QRect:
    """Move a rectangle by as little as possible so that it is entirely on its screen."""
    screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
    area, inside = screen.availableGeometry(), QRect(place)
    inside.moveRight(min(inside.right(), area.right()))
    inside.moveLeft(max(inside.left(), area.left()))
    inside.moveBottom(min(inside.bottom(), area.bottom()))
    inside.moveTop(max(inside.top(), area.top()))
    return inside
