"""Choosing a part of the desktop by dragging over it, on any screen."""

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

_LEAST = 32
"""Smaller drags are slips of the hand: no face can be read in so few pixels."""

_STEP = 20
_MOVES = {
    Qt.Key.Key_Left: QPoint(-_STEP, 0),
    Qt.Key.Key_Right: QPoint(_STEP, 0),
    Qt.Key.Key_Up: QPoint(0, -_STEP),
    Qt.Key.Key_Down: QPoint(0, _STEP),
}
_SHADE = QColor(0, 0, 0, 140)
_HELP = QColor(255, 255, 255)


class RegionVeil(QWidget):
    """Drag a rectangle, or move it with the arrow keys (Shift: size); Enter takes it, Escape leaves."""

    picked = Signal(QRect)
    """The rectangle on the desktop, in Qt's units."""

    cancelled = Signal()

    def __init__(self, screen: QScreen) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setGeometry(screen.geometry())
        # X11 without a compositor shows no translucent window: a still picture stands in.
        self._still = screen.grabWindow(0) if QGuiApplication.platformName() == "xcb" else QPixmap()
        self._corner: QPoint | None = None
        self.area = QRect()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._help = self.tr(
            "Drag over the faces to be read. Arrow keys move, Shift and arrows resize, "
            "Enter takes the region, Escape leaves."
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
        self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in _MOVES:
            self._nudge(_MOVES[key], resize=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._still.isNull():
            painter.drawPixmap(self.rect(), self._still)
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
        room = self.rect().adjusted(0, 0, -self.width() // 4, 0)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        plate = painter.fontMetrics().boundingRect(room, wrap, self._help).adjusted(-20, -14, 20, 14)
        plate.moveCenter(QPoint(self.rect().center().x(), self.rect().top() + plate.height()))
        if plate.intersects(self.area):
            plate.moveBottom(self.rect().bottom() - plate.height() // 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, CORNER_M, CORNER_M)
        painter.setPen(_HELP)
        painter.drawText(plate, wrap, self._help)

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

    def _take(self) -> None:
        if min(self.area.width(), self.area.height()) >= _LEAST:
            self.picked.emit(self.area.translated(self.geometry().topLeft()))


def _between(first: QPoint, second: QPoint) -> QRect:
    """The rectangle with these opposite corners, the lower right one exclusive."""
    corner = QPoint(min(first.x(), second.x()), min(first.y(), second.y()))
    return QRect(corner, QSize(abs(first.x() - second.x()), abs(first.y() - second.y())))


_GONE_MS = 250
"""Until the desktop has painted what was behind windows that are hidden."""


class RegionPicker(QObject):
    """Lays a veil over every screen until a region is taken or the choice is left.

    Meanwhile the app's own windows are hidden: faces may be behind them.
    """

    picked = Signal(str)
    """The source that captures the region."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._veils: list[RegionVeil] = []
        self._hidden: list[tuple[QWidget, QRect]] = []
        self._waiting = QTimer(self, singleShot=True, interval=_GONE_MS)
        self._waiting.timeout.connect(self._show_veils)

    @property
    def veils(self) -> tuple[RegionVeil, ...]:
        return tuple(self._veils)

    def pick(self) -> None:
        """Begins the choice; `picked` follows, or nothing when the user leaves."""
        self.close()
        self._hidden = [
            (window, window.geometry())
            for window in QApplication.topLevelWidgets()
            if window.isVisible() and window.windowType() != Qt.WindowType.Popup
        ]
        for window, _ in self._hidden:
            window.hide()
        if QGuiApplication.platformName() == "xcb":
            # The veil shows a still picture there, which is taken when it is made.
            self._waiting.start()
        else:
            self._show_veils()

    def close(self) -> None:
        self._waiting.stop()
        for veil in self._veils:
            veil.close()
            veil.deleteLater()
        self._veils.clear()
        for window, place in self._hidden:
            # Window managers give a window that comes back another place.
            window.setGeometry(place)
            window.show()
        self._hidden.clear()

    def _show_veils(self) -> None:
        for screen in QGuiApplication.screens():
            veil = RegionVeil(screen)
            veil.picked.connect(lambda area, screen=screen: self._take(area, screen))
            veil.cancelled.connect(self.close)
            self._veils.append(veil)
            veil.show()
        self._veils[0].activateWindow()

    def _take(self, area: QRect, screen: QScreen) -> None:
        self.close()
        self.picked.emit(region_spec(captured_pixels(area, screen.geometry(), screen.devicePixelRatio())))
