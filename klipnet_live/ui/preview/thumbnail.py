"""A thumbnail of the source."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from klipnet_live.pipeline.preview import Preview
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.icons import icon_pixmap
from klipnet_live.ui.look.tokens import CORNER_S, STROKE
from klipnet_live.ui.widgets.picture import as_qimage, filling
from klipnet_live.ui.widgets.plain import set_tool_tip

_LINES_HIGH = 2.2


class Thumbnail(QAbstractButton):
    """Cropped to 16:9. A click shows the large preview."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance: Appearance | None = None
        self._picture = QPixmap()
        self._covers_source = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._retranslate()

    def show_preview(self, preview: Preview | None) -> None:
        """Show an image, or an icon if there is none."""
        self._picture = QPixmap()
        if preview is not None and not self._covers_source:
            image = as_qimage(preview.frame.image)
            size = self.size() * self.devicePixelRatio()
            mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            scaled = image.scaled(size, mode, Qt.TransformationMode.FastTransformation)
            self._picture = QPixmap.fromImage(scaled)
        self.update()

    def set_covers_source(self, covers: bool) -> None:
        """Set whether it covers the captured part of the screen, where it must not show faces."""
        self._covers_source = covers

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = round(self.fontMetrics().height() * _LINES_HIGH)
        return QSize(height * 16 // 9, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._appearance is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        theme, area = self._appearance.theme, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(area, CORNER_S, CORNER_S)
        painter.fillPath(shape, theme.gap)
        if self._picture.isNull():
            size = round(self.height() * 0.5)
            place = self.rect().center()
            painter.drawPixmap(
                place.x() - size // 2, place.y() - size // 2, icon_pixmap("meeting", theme.muted, size)
            )
        else:
            painter.setClipPath(shape)
            painter.drawPixmap(area, self._picture, filling(self._picture.size(), area))
            painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(theme.accent, STROKE))
            painter.drawPath(shape)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Show the preview"))
        set_tool_tip(self, self.tr("Show the preview"))
