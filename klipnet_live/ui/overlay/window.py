"""The overlay window: frameless, translucent, always on top, and as large as its text."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QEnterEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from klipnet_live.captions.on_screen import SpeakerStyle
from klipnet_live.captions.rows import Row
from klipnet_live.captions.runs import TextRun
from klipnet_live.settings import OverlaySettings
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.overlay.captions import OverlayCaptions
from klipnet_live.ui.overlay.capture_exclusion import exclude_from_capture
from klipnet_live.ui.overlay.controls import OverlayControls
from klipnet_live.ui.overlay.painter import OverlayLook, Plate, paint_plate
from klipnet_live.ui.overlay.place import initial_corner, within_screen

_REFRESH_MS = 500
"""Interval for removing expired lines; new ones are painted immediately."""

_HIDE_DELAY_MS = 600
"""Delay before the buttons hide, as the pointer may be on its way to them."""

State = Literal["waiting", "running", "stopped", "lost"]
"""waiting: before the first caption; running; stopped; lost: the source has failed."""

_STEP = 20
_MOVES = {
    Qt.Key.Key_Left: QPoint(-_STEP, 0),
    Qt.Key.Key_Right: QPoint(_STEP, 0),
    Qt.Key.Key_Up: QPoint(0, -_STEP),
    Qt.Key.Key_Down: QPoint(0, _STEP),
}


class OverlayWindow(QWidget):
    """Can be moved by dragging or with the arrow keys; Escape hides it. Clicks can pass through.

    The lower left corner is fixed while the text changes, so that visible text does not move.
    """

    geometry_changed = Signal(QRect)
    """The user has moved the overlay to this place."""

    closed = Signal()

    def __init__(self, speakers: SpeakerBook, settings: OverlaySettings, appearance: Appearance) -> None:
        super().__init__(None, _flags(settings.click_through))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self._speakers = speakers
        self._settings = settings
        self._appearance = appearance
        self._captions = OverlayCaptions(self._look_of, settings)
        self._state: State = "waiting"
        self.excluded_from_capture = False
        self._corner = initial_corner(settings, appearance.caption_font)
        self._fitted = QRect()
        self._grabbed: QPoint | None = None
        self._hovered = False
        self.controls = OverlayControls(self)
        self.controls.hide()
        self.controls.close_requested.connect(self.close)
        self._hide_timer = QTimer(self, singleShot=True, interval=_HIDE_DELAY_MS)
        self._hide_timer.timeout.connect(self._hide_controls)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.fit)
        speakers.changed.connect(self.fit)
        self._retranslate()

    def apply(self, event: CaptionEvent) -> None:
        if self._state == "waiting":
            self._state = "running"
        if self._speakers.is_hidden(event.speaker) or self._speakers.is_me(event.speaker):
            return
        self._captions.apply(event)
        self.fit()

    def begin_session(self) -> None:
        """Clear the lines; before the very first caption, keep the hint about moving the overlay."""
        if self._state != "waiting":
            self._state = "running"
        self._captions.begin_session()
        self.fit()

    def end_session(self, *, lost: bool) -> None:
        """Captions have stopped. `lost`: because the source failed."""
        self._state = "lost" if lost else "stopped"
        self._captions.end_session()
        self.fit()

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self.fit()

    def set_settings(self, settings: OverlaySettings) -> None:
        if settings.click_through != self._settings.click_through:
            self._pass_clicks(settings.click_through)
            self._hovered = self._hovered and not settings.click_through
        self._settings = settings
        self._captions.set_settings(settings)
        self.fit()

    @property
    def plate_place(self) -> QRect:
        """Place of the text on the desktop: the visible part of the window, which receives clicks."""
        size = _pixel_size(self._plate())
        return QRect(QPoint(self._fitted.left(), self._fitted.bottom() + 1 - size.height()), size)

    def fit(self) -> None:
        """Resize the window to its text and, while in use, its buttons."""
        self._follow_window_manager()
        size, controls = _pixel_size(self._plate()), self.controls.sizeHint()
        shown = self._is_in_use and not size.isEmpty()
        whole = QSize(max(size.width(), 1), max(size.height(), 1))
        if shown:
            whole = QSize(max(size.width(), controls.width()), size.height() + controls.height())
        place = QRect(self._corner - QPoint(0, whole.height()), whole)
        self._fitted = within_screen(place)
        self.setGeometry(self._fitted)
        self.controls.setVisible(shown)
        if shown:
            above = QRect(QPoint(whole.width() - controls.width(), 0), controls)
            self.controls.setGeometry(above)
            self.setMask(QRegion(above) + QRegion(0, controls.height(), size.width(), size.height()))
        else:
            self.clearMask()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        plate = self._plate()
        if not plate.rows:
            return
        look = OverlayLook(self._settings.background_opacity, self._settings.text_colour)
        corner = QPointF(0, self.height() - _pixel_size(plate).height())
        paint_plate(QPainter(self), plate, corner, look, framed=self._is_in_use)

    def rows(self) -> list[Row]:
        """Rows to paint from top to bottom; empty in silence."""
        rows = self._captions.rows()
        if note := self._note():
            rows = [*rows[-(self._settings.lines - 1) :], Row("", "#ffffff", (TextRun(note),))]
        return rows

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hide_timer.stop()
        self._hovered = not self._settings.click_through
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hide_timer.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        handle = self.windowHandle()
        if QGuiApplication.platformName().startswith("wayland") and handle is not None:
            # On Wayland programs cannot read or set the position of their windows.
            handle.startSystemMove()
        else:
            self._grabbed = event.globalPosition().toPoint() - self._corner

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._corner = event.globalPosition().toPoint() - self._grabbed
            self.fit()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._grabbed = None
            self._emit_place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        self._hovered = not self._settings.click_through
        self.fit()
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif step is not None:
            self._corner += step
            self.fit()
            self._emit_place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.excluded_from_capture = exclude_from_capture(int(self.winId()))
        self.fit()
        self._timer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self.closed.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._hide_timer.start()
        super().changeEvent(event)

    @property
    def _is_in_use(self) -> bool:
        """Whether the pointer is on the overlay, the keyboard was used, or its menu is open."""
        if self._settings.click_through:
            return False
        return self._hovered or self.controls.is_in_use

    def _hide_controls(self) -> None:
        self._hovered = self.underMouse() or self.controls.is_in_use
        self.fit()

    def _plate(self) -> Plate:
        screen = self.screen().availableGeometry().width() * 0.94
        return Plate(self.rows(), self._appearance.caption_font, screen)

    def _follow_window_manager(self) -> None:
        """Accept moves by the window manager, e.g. with its keyboard shortcuts."""
        here = self.geometry()
        if self.isVisible() and here.size() == self._fitted.size() and here != self._fitted:
            self._corner += here.topLeft() - self._fitted.topLeft()
            self._fitted = here
            self._emit_place()

    def _note(self) -> str:
        match self._state:
            case "waiting" if not self._settings.click_through:
                return self.tr("Captions appear here. Drag to move.")
            case "stopped":
                return self.tr("Captions are stopped.")
            case "lost":
                return self.tr("Source lost, captions are stopped.")
        return ""

    def _pass_clicks(self, through: bool) -> None:
        """Change the flags of the native window.

        QWidget.setWindowFlags would hide and show it, after which X11 window managers no longer keep it on
        top.
        """
        self.overrideWindowFlags(_flags(through))
        if (handle := self.windowHandle()) is not None:
            handle.setFlags(self.windowFlags())

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Captions"))
        self.setAccessibleName(self.tr("Caption overlay"))
        self.fit()

    def _look_of(self, speaker: str) -> SpeakerStyle:
        return SpeakerStyle(self._speakers.name(speaker), self._speakers.colour_on_dark(speaker).name())

    def _emit_place(self) -> None:
        if self.isVisible():
            self.geometry_changed.emit(self.plate_place)


def _pixel_size(plate: Plate) -> QSize:
    """Size of the plate in whole pixels."""
    return QSize(round(plate.size.width() + 0.5), round(plate.size.height() + 0.5)) if plate.rows else QSize()


def _flags(click_through: bool) -> Qt.WindowType:
    flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    return flags | Qt.WindowType.WindowTransparentForInput if click_through else flags
