"""A window that shows the last phrase in text as large as fits, for the person opposite."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from klipnet_live.ui.widgets.announcer import announce

_SMALLEST, _LARGEST = 12, 400
_MARGIN_SHARE = 0.06
_FLAGS = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class LargeText(QWidget):
    """A separate window. F11 toggles full screen, Escape hides it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setMinimumSize(200, 120)
        self.resize(QSize(900, 420))
        self.text = ""
        self._retranslate()

    def show_text(self, text: str) -> None:
        self.text = text
        self.setAccessibleName(text)
        if not self.isVisible():
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.show()
        self.update()
        announce(self, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        margin = round(_MARGIN_SHARE * min(self.width(), self.height()))
        place = self.rect().adjusted(margin, margin, -margin, -margin)
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        painter.setPen(self.palette().text().color())
        painter.setFont(self._fitting_font(place))
        painter.drawText(place, _FLAGS, self.text)
        painter.end()

    def keyPressEvent(self, event: QEvent) -> None:
        key = event.key()  # type: ignore[attr-defined]
        if key == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif key == Qt.Key.Key_Escape:
            self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _fitting_font(self, place: QRect) -> QFont:
        """Return the largest font in which the text fits."""
        font, low, high = QFont(self.font()), _SMALLEST, _LARGEST
        while low < high:
            middle = (low + high + 1) // 2
            font.setPixelSize(middle)
            metrics = QFontMetrics(font)
            needed = metrics.boundingRect(place, _FLAGS, self.text)
            widest = max((metrics.horizontalAdvance(word) for word in self.text.split()), default=0)
            fits = needed.height() <= place.height() and widest <= place.width()
            low, high = (middle, high) if fits else (low, middle - 1)
        font.setPixelSize(low)
        return font

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Recognised phrase"))
