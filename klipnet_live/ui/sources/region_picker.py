"""Lets the user draw a capture region on any screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QApplication, QWidget

from klipnet_live.ui.look.tokens import CORNER_M, FRAME_ON_PICTURE, PLATE
from klipnet_live.ui.sources.region import captured_pixels, region_spec

_MIN_SIZE = 32
"""Smaller regions are ignored: a face in so few pixels cannot be read."""

_STEP = 20
_MOVES = {
    Qt.Key.Key_Left: QPoint(-_STEP, 0),
    Qt.Key.Key_Right: QPoint(_STEP, 0),
    Qt.Key.Key_Up: QPoint(0, -_STEP),
    Qt.Key.Key_Down: QPoint(0, _STEP),
}
_SHADE = QColor(0, 0, 0, 140)
_HELP = QColor(255, 255, 255)


class RegionOverlay(QWidget):
    """A full-screen overlay on which the user draws a rectangle with the mouse or the keyboard."""

    picked = Signal(QRect)
    """The rectangle in Qt's desktop units."""

    cancelled = Signal()

    def __init__(self, screen: QScreen) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setGeometry(screen.geometry())
        # X11 without a compositor cannot show translucent windows, so a screenshot is painted instead.
        self._screenshot = screen.grabWindow(0) if QGuiApplication.platformName() == "xcb" else QPixmap()
        self._corner: QPoint | None = None
        self.area = QRect()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._help = self.tr(
            "Drag a rectangle around the faces. Arrow keys move it, Shift and arrow keys resize it, "
            "Enter confirms and Escape cancels."
        )
        self.setAccessibleName(self.tr("Choose a region of the screen"))
        self.setAccessibleDescription(self._help)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._corner = event.position().toPoint()
        self._set_area(QRect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._corner is not None:
            self._set_area(_between(self._corner, event.position().toPoint()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._corner = None
        self._confirm()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        elif key in _MOVES:
            self._nudge(_MOVES[key], resize=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._screenshot.isNull():
            painter.drawPixmap(self.rect(), self._screenshot)
        # Fully transparent pixels would let the mouse through on Windows.
        painter.fillRect(self.area, QColor(0, 0, 0, 1))
        painter.setClipRegion(QRegion(self.rect()).subtracted(QRegion(self.area)))
        painter.fillRect(self.rect(), _SHADE)
        painter.setClipping(False)
        if not self.area.isEmpty():
            painter.setPen(QPen(FRAME_ON_PICTURE, 3))
            painter.drawRect(self.area)
        self._paint_help(painter)

    def _paint_help(self, painter: QPainter) -> None:
        available = self.rect().adjusted(0, 0, -self.width() // 4, 0)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        panel = painter.fontMetrics().boundingRect(available, wrap, self._help).adjusted(-20, -14, 20, 14)
        panel.moveCenter(QPoint(self.rect().center().x(), self.rect().top() + panel.height()))
        if panel.intersects(self.area):
            panel.moveBottom(self.rect().bottom() - panel.height() // 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(panel, CORNER_M, CORNER_M)
        painter.setPen(_HELP)
        painter.drawText(panel, wrap, self._help)

    def _nudge(self, step: QPoint, *, resize: bool) -> None:
        if self.area.isEmpty():
            start = QRect(0, 0, self.width() // 2, self.height() // 2)
            start.moveCenter(self.rect().center())
            self._set_area(start)
        elif resize:
            self._set_area(self.area.adjusted(0, 0, step.x(), step.y()))
        else:
            self._set_area(self.area.translated(step))

    def _set_area(self, area: QRect) -> None:
        self.area = area & self.rect()
        self.update()

    def _confirm(self) -> None:
        if min(self.area.width(), self.area.height()) >= _MIN_SIZE:
            self.picked.emit(self.area.translated(self.geometry().topLeft()))


def _between(first: QPoint, second: QPoint) -> QRect:
    """Return the rectangle between two opposite corners; the lower right one is exclusive."""
    corner = QPoint(min(first.x(), second.x()), min(first.y(), second.y()))
    return QRect(corner, QSize(abs(first.x() - second.x()), abs(first.y() - second.y())))


_HIDE_DELAY_MS = 250
"""Time for the desktop to repaint after windows are hidden."""


class RegionPicker(QObject):
    """Lays an overlay over every screen until a region is selected or the user cancels.

    The app's own windows are hidden meanwhile, because faces may be behind them.
    """

    picked = Signal(str)
    """The source that captures the region."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._overlays: list[RegionOverlay] = []
        self._hidden: list[tuple[QWidget, QRect]] = []
        self._waiting = QTimer(self, singleShot=True, interval=_HIDE_DELAY_MS)
        self._waiting.timeout.connect(self._show_overlays)

    @property
    def overlays(self) -> tuple[RegionOverlay, ...]:
        return tuple(self._overlays)

    def pick(self) -> None:
        """Start picking. `picked` is emitted unless the user cancels."""
        self.close()
        self._hidden = [
            (window, window.geometry())
            for window in QApplication.topLevelWidgets()
            if window.isVisible() and window.windowType() != Qt.WindowType.Popup
        ]
        for window, _ in self._hidden:
            window.hide()
        if QGuiApplication.platformName() == "xcb":
            # There the overlay paints a screenshot, which it takes when it is created.
            self._waiting.start()
        else:
            self._show_overlays()

    def close(self) -> None:
        self._waiting.stop()
        for overlay in self._overlays:
            overlay.close()
            overlay.deleteLater()
        self._overlays.clear()
        for window, place in self._hidden:
            # Window managers may place a reshown window elsewhere.
            window.setGeometry(place)
            window.show()
        self._hidden.clear()

    def _show_overlays(self) -> None:
        for screen in QGuiApplication.screens():
            overlay = RegionOverlay(screen)
            overlay.picked.connect(lambda area, screen=screen: self._confirm(area, screen))
            overlay.cancelled.connect(self.close)
            self._overlays.append(overlay)
            overlay.show()
        self._overlays[0].activateWindow()

    def _confirm(self, area: QRect, screen: QScreen) -> None:
        self.close()
        self.picked.emit(region_spec(captured_pixels(area, screen.geometry(), screen.devicePixelRatio())))
