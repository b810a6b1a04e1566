"""The app's SVG icons, drawn in a given colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from klipnet_live.assets import ASSETS

_FOLDER = ASSETS / "icons"
_PIXEL_RATIO = 2
"""Rendered pixels per icon pixel, for high-density screens."""


@lru_cache(maxsize=256)
def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(size * _PIXEL_RATIO, size * _PIXEL_RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(_PIXEL_RATIO)
    return pixmap


def icon_pixmap(name: str, colour: QColor, size: int) -> QPixmap:
    """The named icon as a pixmap, `size` pixels wide."""
    return _pixmap(name, colour.name(), size)


def icon(name: str, colour: QColor, size: int = 24, selected: QColor | None = None) -> QIcon:
    """The named icon for buttons and lists; `selected`: its colour in a selected row."""
    result = QIcon(icon_pixmap(name, colour, size))
    if selected is not None:
        result.addPixmap(icon_pixmap(name, selected, size), QIcon.Mode.Selected)
    return result
