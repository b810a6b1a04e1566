"""Conversion between Qt's desktop units and captured pixels."""

from __future__ import annotations

import sys

from PySide6.QtCore import QPoint, QRect, QSize


def captured_pixels(area: QRect, screen: QRect, ratio: float, platform: str = sys.platform) -> QRect:
    """Convert a rectangle on a screen to captured pixels.

    `area` and `screen` are in Qt's desktop units. Qt keeps a screen's top left corner in pixels and
    divides sizes by the device pixel ratio; on macOS screens are captured in points, as Qt counts.
    """
    if platform == "darwin":
        return QRect(area)
    offset = area.topLeft() - screen.topLeft()
    corner = screen.topLeft() + QPoint(round(offset.x() * ratio), round(offset.y() * ratio))
    return QRect(corner, QSize(round(area.width() * ratio), round(area.height() * ratio)))


def region_spec(pixels: QRect) -> str:
    """Return the source that captures these pixels."""
    return f"screen:{pixels.x()},{pixels.y()},{pixels.width()},{pixels.height()}"
