"""A view of the mouth crop."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from klipnet_live.lips.crop import crop_mouth
from klipnet_live.lips.pose import mouth_pose
from klipnet_live.pipeline.preview import Preview
from klipnet_live.types import GreyImage
from klipnet_live.ui.widgets.picture import fitted


class MouthView(QWidget):
    """Shows the mouth crop of the first face, cropped as for the model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.crop: GreyImage | None = None
        self.setMinimumSize(200, 100)
        self._retranslate()

    def show_preview(self, preview: Preview | None) -> None:
        """Crop the mouth from the newest image, if it has a face."""
        self.crop = None
        if preview is not None and preview.faces:
            pose = mouth_pose(preview.faces[0].face.landmarks)
            self.crop = np.ascontiguousarray(crop_mouth(preview.frame.image, pose))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 150)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.crop is None:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No face in view yet"))
            return
        height, width = self.crop.shape
        picture = QImage(self.crop.data, width, height, width, QImage.Format.Format_Grayscale8)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(fitted(picture.size(), QRectF(self.rect())), picture)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Your mouth as the model sees it"))
        self.update()
