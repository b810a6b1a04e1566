"""Converts images to Qt and fits them into rectangles."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage

from klipnet_live.types import Image


def as_qimage(image: Image) -> QImage:
    """A QImage sharing the array's memory; keep the array alive while it is used."""
    height, width = image.shape[:2]
    return QImage(image.data, width, height, image.strides[0], QImage.Format.Format_RGB888)


def fitted(size: QSize, area: QRectF) -> QRectF:
    """The largest rectangle with that aspect ratio, centred in the area."""
    scale = min(area.width() / size.width(), area.height() / size.height())
    result = QRectF(0, 0, size.width() * scale, size.height() * scale)
    result.moveCenter(area.center())
    return result


def filling(size: QSize, area: QRectF) -> QRectF:
    """The largest centred part of an image of that size with the aspect ratio of the area."""
    scale = min(size.width() / area.width(), size.height() / area.height())
    result = QRectF(0, 0, area.width() * scale, area.height() * scale)
    result.moveCenter(QRectF(0, 0, size.width(), size.height()).center())
    return result
