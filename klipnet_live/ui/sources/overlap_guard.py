"""Keeps the window off the part of the screen that it reads."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from klipnet_live.capture.base import Region
from klipnet_live.capture.source import parse_screen
from klipnet_live.types import UserError
from klipnet_live.ui.core.controller import Controller
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.sources.region import captured_pixels
from klipnet_live.xcb import has_compositor

_FRAME = (8, 40, -8, -8)
"""Room for the title bar and the frame, which are not part of a window's place."""


def covers_source(window: QRect, source: str) -> bool:
    """Whether the window (Qt's desktop units) would be seen by the source."""
    kind, _, rest = source.partition(":")
    if kind != "screen":
        return False
    try:
        area = parse_screen(rest)
    except UserError:
        return False
    return any(_pixels(window, screen).intersects(_captured(area, screen)) for screen in _screens())


def is_region(source: str) -> bool:
    """Whether only a part of the screen is read, beside which there may be room."""
    return source.startswith("screen:") and "," in source


def clear_place(window: QRect, source: str) -> QRect | None:
    """The place nearest to the window, in a corner of a screen, that the source does not see."""
    room = [screen.availableGeometry().adjusted(*_FRAME) for screen in _screens()]
    corners = [
        QRect(QPoint(x, y), window.size())
        for area in room
        if area.width() >= window.width() and area.height() >= window.height()
        for x in (area.left(), area.right() - window.width() + 1)
        for y in (area.top(), area.bottom() - window.height() + 1)
    ]
    clear = [place for place in corners if not covers_source(place, source)]
    return min(clear, key=lambda place: (place.topLeft() - window.topLeft()).manhattanLength(), default=None)


def _captured(area: int | Region, screen: QScreen) -> QRect:
    """The pixels of this screen that are captured; empty when it is another screen's turn."""
    whole = captured_pixels(screen.geometry(), screen.geometry(), screen.devicePixelRatio())
    if isinstance(area, Region):
        return QRect(area.left, area.top, area.width, area.height) & whole
    wanted = QGuiApplication.primaryScreen() if area == 0 else dict(enumerate(_screens(), 1)).get(area)
    return whole if screen == wanted else QRect()


def _pixels(window: QRect, screen: QScreen) -> QRect:
    return captured_pixels(window & screen.geometry(), screen.geometry(), screen.devicePixelRatio())


def _screens() -> list[QScreen]:
    return QGuiApplication.screens()


class RegionOverlapGuard(QObject):
    """Only a region of the screen has room beside it: of a whole screen nothing is told."""

    problem = Signal(object)
    """A UserError: the window covers what is read."""

    def __init__(
        self, window: QWidget, keeper: SettingsStore, controller: Controller, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._keeper = keeper
        controller.session_started.connect(self._check)

    def move_window_off(self, source: str) -> None:
        """Moves the window aside before it is shown, where there is room."""
        place = self._window.geometry()
        if is_region(source) and covers_source(place, source) and (clear := clear_place(place, source)):
            self._window.setGeometry(clear)

    def _check(self) -> None:
        source = self._keeper.settings.source
        on_x11 = QGuiApplication.platformName() == "xcb"
        if source and source.startswith("window:") and on_x11 and not has_compositor():
            self.problem.emit(
                UserError(
                    "This desktop runs no compositor: where another window covers {title}, its picture is "
                    "black. Keep it in view, or start a compositor.",
                    title=source.partition(":")[2],
                )
            )
        if source and is_region(source) and covers_source(self._window.geometry(), source):
            self.problem.emit(
                UserError("This window covers the part of the screen that is read: move it away.")
            )
