"""The app's line icons, drawn in the colour of the text beside them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from klipnet_live.assets import ASSETS

_FOLDER = ASSETS / "icons"
_SHARPNESS = 2
"""Pixels of the picture per pixel of the icon, for screens of high density."""


@lru_cache(maxsize=256)
def _picture(name: str, colour: str, size: int) -> QPixmap:
    drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(size * _SHARPNESS, size * _SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(_SHARPNESS)
    return pixmap


def icon_picture(name: str, colour: QColor, size: int) -> QPixmap:
    """The icon of that name, `size` pixels wide."""
    return _picture(name, colour.name(), size)


def icon(name: str, colour: QColor, size: int = 24, selected: QColor | None = None) -> QIcon:
    """The same for buttons and lists; `selected`: its colour in the chosen row of a list."""
    result = QIcon(icon_picture(name, colour, size))
    if selected is not None:
        result.addPixmap(icon_picture(name, selected, size), QIcon.Mode.Selected)
    return result
