"""A level meter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

_HEIGHT = 0.35
"""Height relative to a line of text."""


class LevelBar(QWidget):
    """A bar from silence to full scale; empty without sound."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def level(self) -> float | None:
        return self._level

    def show_level(self, level: float | None) -> None:
        """Show a level from 0 to 1; None: no sound source."""
        if level != self._level:
            self._level = level
            self.update()

    def sizeHint(self) -> QSize:
        height = round(self.fontMetrics().height() * _HEIGHT)
        return QSize(8 * height, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        corner = whole.height() / 2
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(whole, corner, corner)
        if self._level:
            painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
            whole.setWidth(max(whole.height(), whole.width() * self._level))
            painter.drawRoundedRect(whole, corner, corner)
