"""The preview of the source, with boxes and names of the faces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from klipnet_live.pipeline.preview import Preview
from klipnet_live.types import Box
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.icons import icon_pixmap
from klipnet_live.ui.look.tokens import CORNER_L, CORNER_M, CORNER_S, PLATE
from klipnet_live.ui.preview.thumbnail import Thumbnail
from klipnet_live.ui.sources.overlap_guard import covers_source
from klipnet_live.ui.widgets.picture import as_qimage, fitted


class PreviewGuard(QObject):
    """Passes images to a view, unless the view covers the captured part of the screen."""

    def __init__(
        self, view: PreviewView | Thumbnail, settings_store: SettingsStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._settings_store = settings_store

    def show_preview(self, preview: Preview | None) -> None:
        source = self._settings_store.settings.source
        place = QRect(self._view.mapToGlobal(QPoint(0, 0)), self._view.size())
        covers = preview is not None and source is not None and covers_source(place, source)
        self._view.set_covers_source(covers)
        self._view.show_preview(preview)


_MIN_SIZE = QSize(160, 90)
"""Minimum size with text at 100 %."""

_MAX_NAMES = 3
"""With more faces only numbers are shown, and the name of the one under the pointer."""

_MAX_ASPECT = 0.75
"""Maximum height by width, so that portrait videos leave space for the widgets below."""


class PreviewView(QWidget):
    """The newest image, as large as fits, with its aspect ratio."""

    def __init__(self, speakers: SpeakerBook, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speakers = speakers
        self._appearance = appearance
        self._preview: Preview | None = None
        self._covers_source = False
        self._aspect = 9 / 16
        self._pointer: QPointF | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        speakers.changed.connect(self.update)
        self.set_appearance(appearance)
        self._retranslate()

    def show_preview(self, preview: Preview | None) -> None:
        """Show an image, or the empty view."""
        self._preview = preview
        if preview is not None:
            height, width = preview.frame.image.shape[:2]
            self._set_aspect(min(height / width, _MAX_ASPECT))
        self.update()

    def set_covers_source(self, covers: bool) -> None:
        """Set whether the view covers the captured part of the screen, where it must not show faces."""
        if covers != self._covers_source:
            self._covers_source = covers
            self.update()

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        # Leave space for the names of faces.
        self.setMinimumSize(_MIN_SIZE.width(), round(_MIN_SIZE.height() * appearance.scale))
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self._aspect)

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._preview is None or self._covers_source:
            self._paint_empty(painter)
            return
        picture = as_qimage(self._preview.frame.image)
        area = fitted(picture.size(), QRectF(self.rect()))
        self._paint_picture(painter, picture, area)
        scale = area.width() / picture.width()
        placed = [(face.speaker, _placed(face.face.box, area, scale)) for face in self._preview.faces]
        for speaker, box in placed:
            self._paint_box(painter, speaker, box)
        boxes = [box for _, box in placed]
        for speaker, box in placed:
            if len(placed) <= _MAX_NAMES or (self._pointer is not None and box.contains(self._pointer)):
                self._paint_name(painter, speaker, box, boxes)
            else:
                self._paint_number(painter, speaker, box)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._pointer = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Preview of the source"))

    def _set_aspect(self, aspect: float) -> None:
        if abs(aspect - self._aspect) > 0.01:
            self._aspect = aspect
            self.updateGeometry()

    def _paint_empty(self, painter: QPainter) -> None:
        """Paint the view without an image, or the reason why none may be shown."""
        theme = self._appearance.theme
        painter.setPen(theme.border)
        painter.setBrush(theme.gap)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_L, CORNER_L)
        if not self._covers_source:
            size = round(self.fontMetrics().height() * 2)
            middle = self.rect().center() - QPoint(size // 2, size // 2)
            painter.drawPixmap(middle, icon_pixmap("camera", theme.control_border, size))
            return
        reason = self.tr(
            "No preview: this window covers the captured part of the screen. Move the window aside."
        )
        painter.setPen(theme.muted)
        area = self.rect().adjusted(16, 16, -16, -16)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, reason)

    def _paint_picture(self, painter: QPainter, picture: QImage, area: QRectF) -> None:
        corners = QPainterPath()
        corners.addRoundedRect(area, CORNER_L, CORNER_L)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        painter.setClipPath(corners)
        painter.drawImage(area, picture)
        painter.restore()

    def _paint_box(self, painter: QPainter, speaker: str, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(PLATE, 5))
        painter.drawRoundedRect(box, CORNER_M, CORNER_M)
        painter.setPen(QPen(self._colour(speaker), 2.5))
        painter.drawRoundedRect(box, CORNER_M, CORNER_M)

    def _paint_number(self, painter: QPainter, speaker: str, box: QRectF) -> None:
        """Paint the number on the corner of the box, where it does not cover the face."""
        size = QFontMetricsF(self._appearance.name_font).height() * 1.3
        badge = QRectF(0, 0, size, size)
        badge.moveCenter(box.topLeft())
        self._paint_plate(
            painter, _within(badge, QRectF(self.rect())), self._speakers.initial(speaker), speaker
        )

    def _paint_name(self, painter: QPainter, speaker: str, box: QRectF, boxes: Sequence[QRectF]) -> None:
        metrics = QFontMetricsF(self._appearance.name_font)
        name = self._speakers.name(speaker)
        size = QSizeF(metrics.horizontalAdvance(name) + 16, metrics.height() + 6)
        label = name_place(size, box, boxes, QRectF(self.rect()))
        self._paint_plate(painter, label, name, speaker)

    def _paint_plate(self, painter: QPainter, place: QRectF, text: str, speaker: str) -> None:
        """Paint text on a dark plate, for contrast on images of any brightness."""
        painter.setFont(self._appearance.name_font)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(place, CORNER_S, CORNER_S)
        painter.setPen(self._colour(speaker))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _colour(self, speaker: str) -> QColor:
        return self._speakers.colour(speaker, self._appearance.theme, PLATE)


_DISTANCE = 4
"""Distance of a name from the box of its face in pixels."""


def name_place(size: QSizeF, box: QRectF, boxes: Sequence[QRectF], view: QRectF) -> QRectF:
    """Place a name below, above or beside its face, within the view, where it covers faces least."""
    below = QRectF(box.bottomLeft() + QPointF(0, _DISTANCE), size)
    above = QRectF(box.topLeft() - QPointF(0, _DISTANCE + size.height()), size)
    right = QRectF(box.topRight() + QPointF(_DISTANCE, 0), size)
    left = QRectF(box.topLeft() - QPointF(_DISTANCE + size.width(), 0), size)
    places = [_within(place, view) for place in (below, above, right, left)]
    return min(places, key=lambda place: sum(_area(place & other) for other in boxes))


def _within(place: QRectF, view: QRectF) -> QRectF:
    inside = QRectF(place)
    inside.moveBottom(min(inside.bottom(), view.bottom() - 2))
    inside.moveTop(max(inside.top(), view.top() + 2))
    inside.moveRight(min(inside.right(), view.right() - 2))
    inside.moveLeft(max(inside.left(), view.left() + 2))
    return inside


def _area(place: QRectF) -> float:
    return place.width() * place.height()


def _placed(box: Box, area: QRectF, scale: float) -> QRectF:
    return QRectF(
        area.left() + box.left * scale, area.top() + box.top * scale, box.width * scale, box.height * scale
    )
