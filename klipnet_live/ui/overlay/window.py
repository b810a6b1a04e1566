"""The caption overlay: frameless, translucent, above everything."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizeGrip, QWidget

from klipnet_live.captions.on_screen import Look
from klipnet_live.captions.rows import Row
from klipnet_live.captions.runs import Run
from klipnet_live.settings import OverlaySettings
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.overlay.captions import OverlayCaptions
from klipnet_live.ui.overlay.capture_exclusion import exclude_from_capture
from klipnet_live.ui.overlay.painter import OverlayLook, lightest_background, paint_rows
from klipnet_live.ui.widgets.screens import on_a_screen

_REFRESH_MS = 500
"""Finished lines leave within this time; new ones are painted at once."""

State = Literal["waiting", "running", "stopped", "lost"]
"""Before the first caption, while somebody is read, and after that."""

_MARGIN = 8
_STEP = 20
_MOVES = {
    Qt.Key.Key_Left: QPoint(-_STEP, 0),
    Qt.Key.Key_Right: QPoint(_STEP, 0),
    Qt.Key.Key_Up: QPoint(0, -_STEP),
    Qt.Key.Key_Down: QPoint(0, _STEP),
}


class OverlayWindow(QWidget):
    """Drag it, or move it with the arrow keys; Escape hides it. Clicks can be made to go through."""

    geometry_changed = Signal(QRect)
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
        self._grip = QSizeGrip(self)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.update)
        speakers.changed.connect(self.update)
        self.setGeometry(self._first_place())
        self._retranslate()

    def apply(self, event: CaptionEvent) -> None:
        if self._state == "waiting":
            self._state = "running"
        self._captions.apply(event)
        self.update()

    def begin_session(self) -> None:
        """The place may be chosen until the first caption of all."""
        if self._state != "waiting":
            self._state = "running"
        self._captions.begin_session()
        self.update()

    def end_session(self, *, lost: bool) -> None:
        """From now on nobody is read. `lost`: because the source failed."""
        self._state = "lost" if lost else "stopped"
        self._captions.end_session()
        self.update()

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self.update()

    def set_settings(self, settings: OverlaySettings) -> None:
        if settings.click_through != self._settings.click_through:
            self._pass_clicks(settings.click_through)
        self._settings = settings
        self._captions.set_settings(settings)
        self._grip.setVisible(not settings.click_through)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        rows = self.rows()
        look = OverlayLook(self._settings.background_opacity, self._settings.text_colour)
        paint_rows(painter, rows, self._appearance.caption_font, area, look)

    def rows(self) -> list[Row]:
        """What is painted, from top to bottom: nothing while those in view are silent."""
        rows = self._captions.rows()
        if note := self._note():
            rows = [*rows[-(self._settings.lines - 1) :], Row("", "#ffffff", (Run(note),))]
        return rows

    def _note(self) -> str:
        match self._state:
            case "waiting" if not self._settings.click_through:
                return self.tr("Captions appear here. Drag to move.")
            case "stopped":
                return self.tr("Stopped: no captions are made now.")
            case "lost":
                return self.tr("Source lost: no captions are made now.")
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self.windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif step is not None:
            self.move(self.pos() + step)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._tell_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        grip = self._grip.sizeHint()
        self._grip.move(self.width() - grip.width(), self.height() - grip.height())
        self._tell_place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.excluded_from_capture = exclude_from_capture(int(self.winId()))
        self._timer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self.closed.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _pass_clicks(self, through: bool) -> None:
        """Changes the native window as it stands.

        QWidget.setWindowFlags would hide and show it, and window managers on X11 forget that it stays above.
        """
        self.overrideWindowFlags(_flags(through))
        if (handle := self.windowHandle()) is not None:
            handle.setFlags(self.windowFlags())

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Captions"))
        self.setAccessibleName(self.tr("Caption overlay"))
        self.update()

    def _look_of(self, speaker: str) -> Look:
        background = lightest_background(self._settings.background_opacity)
        colour = self._speakers.colour(speaker, self._appearance.theme, background)
        return Look(self._speakers.name(speaker), colour.name())

    def _tell_place(self) -> None:
        if self.isVisible():
            self.geometry_changed.emit(self.geometry())

    def _first_place(self) -> QRect:
        """Where it was last time, or the lower third of the main screen."""
        if self._settings.geometry is not None and on_a_screen(QRect(*self._settings.geometry)):
            return QRect(*self._settings.geometry)
        screen = QGuiApplication.primaryScreen().availableGeometry()
        line = QFontMetrics(self._appearance.caption_font)
        width = min(line.averageCharWidth() * (self._settings.latin_columns + 10), screen.width())
        height = round(line.height() * 1.35 * self._settings.lines) + 2 * _MARGIN
        place = QRect(0, 0, width, height)
        place.moveCenter(QPoint(screen.center().x(), screen.bottom() - screen.height() // 6))
        return place


def _flags(click_through: bool) -> Qt.WindowType:
    flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    return flags | Qt.WindowType.WindowTransparentForInput if click_through else flags
