"""A view of the mouth crop as the networks see it, live or from a recorded take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from klipnet_live.types import GreyImage

_PLAY_MS = 40


class CropView(QWidget):
    """Shows a grey crop of shape (50, 100), scaled to the available space."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self._left: list[GreyImage] = []
        self._timer = QTimer(self, interval=_PLAY_MS)
        self._timer.timeout.connect(self._next)

    @property
    def playing(self) -> bool:
        return bool(self._left)

    def show_crop(self, crop: GreyImage | None) -> None:
        """Show the newest crop, unless a take is being played."""
        if not self.playing:
            self._show(crop)

    def play(self, crops: Sequence[GreyImage]) -> None:
        self._left = list(crops)
        self._timer.start()

    def sizeHint(self) -> QSize:
        return QSize(240, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 50)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._picture)
        painter.end()

    def _next(self) -> None:
        if not self._left:
            self._timer.stop()
            return
        self._show(self._left.pop(0))

    def _show(self, crop: GreyImage | None) -> None:
        if crop is None:
            self._picture = QImage()
        else:
            data = np.ascontiguousarray(crop)
            height, width = data.shape
            grey = QImage.Format.Format_Grayscale8
            self._picture = QImage(data.tobytes(), width, height, width, grey).copy()
        self.update()
