"""What the source shows, with the faces that are being read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from klipnet_live.pipeline.preview import Preview
from klipnet_live.types import Box, Image
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.sources.overlap_guard import covers_source


class PreviewGuard(QObject):
    """Hands pictures to the view, unless the view lies over the part of the screen that is read."""

    def __init__(self, view: PreviewView, keeper: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._keeper = keeper

    def show_preview(self, preview: Preview | None) -> None:
        source = self._keeper.settings.source
        place = QRect(self._view.mapToGlobal(QPoint(0, 0)), self._view.size())
        covers = preview is not None and source is not None and covers_source(place, source)
        self._view.set_covers_source(covers)
        self._view.show_preview(preview)


_LEAST = QSize(160, 90)
"""With text at 100 %."""

_PLATE = QColor(16, 18, 22)


class PreviewView(QWidget):
    """The newest picture, as large as fits, never stretched."""

    def __init__(self, speakers: SpeakerBook, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speakers = speakers
        self._appearance = appearance
        self._preview: Preview | None = None
        self._covers_source = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        speakers.changed.connect(self.update)
        self.set_appearance(appearance)
        self._retranslate()

    def show_preview(self, preview: Preview | None) -> None:
        """Shows a picture, or the empty view."""
        self._preview = preview
        self.update()

    def set_covers_source(self, covers: bool) -> None:
        """Whether the view is in the part of the screen that is read, where it must show no face."""
        if covers != self._covers_source:
            self._covers_source = covers
            self.update()

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        # Names of faces need room.
        self.setMinimumSize(_LEAST.width(), round(_LEAST.height() * appearance.scale))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 270)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._appearance.theme.border)
        painter.setBrush(self._appearance.theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        if self._preview is None or self._covers_source:
            self._paint_reason(painter)
            return
        picture = as_qimage(self._preview.frame.image)
        area = fitted(picture.size(), QRectF(self.rect()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, picture)
        scale = area.width() / picture.width()
        placed = [(face.speaker, _placed(face.face.box, area, scale)) for face in self._preview.faces]
        for speaker, box in placed:
            self._paint_box(painter, speaker, box)
        for speaker, box in placed:
            self._paint_name(painter, speaker, box, [other for _, other in placed if other != box])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Preview of the source"))

    def _paint_reason(self, painter: QPainter) -> None:
        reason = self.tr("No picture")
        if self._covers_source:
            reason = self.tr("No preview here: this part of the screen is being read. Move the window aside.")
        painter.setPen(self._appearance.theme.muted)
        area = self.rect().adjusted(16, 16, -16, -16)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, reason)

    def _paint_box(self, painter: QPainter, speaker: str, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_PLATE, 5))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QPen(self._colour(speaker), 2.5))
        painter.drawRoundedRect(box, 8, 8)

    def _paint_name(self, painter: QPainter, speaker: str, box: QRectF, others: Sequence[QRectF]) -> None:
        painter.setFont(self._appearance.name_font)
        metrics = QFontMetricsF(painter.font())
        name = self._speakers.name(speaker)
        size = QSizeF(metrics.horizontalAdvance(name) + 16, metrics.height() + 6)
        label = name_place(size, box, others, QRectF(self.rect()))
        painter.setPen(Qt.PenStyle.NoPen)
        # On a picture of any brightness, a dark plate under the name keeps its contrast.
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(label, 6, 6)
        painter.setPen(self._colour(speaker))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, name)

    def _colour(self, speaker: str) -> QColor:
        return self._speakers.colour(speaker, self._appearance.theme, _PLATE)


def name_place(size: QSizeF, box: QRectF, others: Sequence[QRectF], view: QRectF) -> QRectF:
    """Below the face, or above it where it would hide another one; always within the view."""
    label = QRectF(box.bottomLeft() + QPointF(0, 4), size)
    if any(label.intersects(other) for other in others):
        label.moveBottom(box.top() - 4)
    label.moveBottom(min(label.bottom(), view.bottom() - 2))
    label.moveTop(max(label.top(), view.top() + 2))
    label.moveRight(min(label.right(), view.right() - 2))
    label.moveLeft(max(label.left(), view.left() + 2))
    return label


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


def _placed(box: Box, area: QRectF, scale: float) -> QRectF:
    return QRectF(
        area.left() + box.left * scale, area.top() + box.top * scale, box.width * scale, box.height * scale
    )
