"""Pictures of a source for Qt: as its own kind of image, and fitted into an area."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage

from klipnet_live.types import Image


def as_qimage(image: Image) -> QImage:
    """A view of the picture's memory; the array has to live as long as the image is used."""
    height, width = image.shape[:2]
    return QImage(image.data, width, height, image.strides[0], QImage.Format.Format_RGB888)


def fitted(size: QSize, area: QRectF) -> QRectF:
    """The largest rectangle of that shape in the middle of the area."""
    scale = min(area.width() / size.width(), area.height() / size.height())
    result = QRectF(0, 0, size.width() * scale, size.height() * scale)
    result.moveCenter(area.center())
    return result


def filling(size: QSize, area: QRectF) -> QRectF:
    """The part of a picture of that size, in its middle, that has the shape of the area."""
    scale = min(size.width() / area.width(), size.height() / area.height())
    result = QRectF(0, 0, area.width() * scale, area.height() * scale)
    result.moveCenter(QRectF(0, 0, size.width(), size.height()).center())
    return result
