"""Warns when the app's window covers the captured part of the screen."""

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
"""Margins for the title bar and the frame, which a window's geometry does not include."""


def covers_source(window: QRect, source: str) -> bool:
    """Whether the source would capture the window, given in Qt's desktop units."""
    kind, _, rest = source.partition(":")
    if kind != "screen":
        return False
    try:
        area = parse_screen(rest)
    except UserError:
        return False
    return any(_pixels(window, screen).intersects(_captured(area, screen)) for screen in _screens())


def is_region(source: str) -> bool:
    """Whether the source is a region of the screen, so that there may be space beside it."""
    return source.startswith("screen:") and "," in source


def uncovered_geometry(window: QRect, source: str) -> QRect | None:
    """Return the screen corner nearest to the window that the source does not capture, or None."""
    room = [screen.availableGeometry().adjusted(*_FRAME) for screen in _screens()]
    corners = [
        QRect(QPoint(x, y), window.size())
        for area in room
        if area.width() >= window.width() and area.height() >= window.height()
        for x in (area.left(), area.right() - window.width() + 1)
        for y in (area.top(), area.bottom() - window.height() + 1)
    ]
    uncovered = [place for place in corners if not covers_source(place, source)]
    return min(
        uncovered, key=lambda place: (place.topLeft() - window.topLeft()).manhattanLength(), default=None
    )


def _captured(area: int | Region, screen: QScreen) -> QRect:
    """Return the captured pixels of this screen; empty if another screen is captured."""
    whole = captured_pixels(screen.geometry(), screen.geometry(), screen.devicePixelRatio())
    if isinstance(area, Region):
        return QRect(area.left, area.top, area.width, area.height) & whole
    captured_screen = (
        QGuiApplication.primaryScreen() if area == 0 else dict(enumerate(_screens(), 1)).get(area)
    )
    return whole if screen == captured_screen else QRect()


def _pixels(window: QRect, screen: QScreen) -> QRect:
    return captured_pixels(window & screen.geometry(), screen.geometry(), screen.devicePixelRatio())


def _screens() -> list[QScreen]:
    return QGuiApplication.screens()


class RegionOverlapGuard(QObject):
    """Warns only for a region: a captured whole screen leaves no space beside it."""

    problem = Signal(object)
    """A UserError: the window covers the captured area."""

    def __init__(
        self,
        window: QWidget,
        settings_store: SettingsStore,
        controller: Controller,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._settings_store = settings_store
        controller.session_started.connect(self._check)

    def move_window_off(self, source: str) -> None:
        """Move the window out of the captured region before it is shown, if there is space."""
        place = self._window.geometry()
        if (
            is_region(source)
            and covers_source(place, source)
            and (uncovered := uncovered_geometry(place, source))
        ):
            self._window.setGeometry(uncovered)

    def _check(self) -> None:
        source = self._settings_store.settings.source
        on_x11 = QGuiApplication.platformName() == "xcb"
        if source and source.startswith("window:") and on_x11 and not has_compositor():
            self.problem.emit(
                UserError(
                    "This desktop runs no compositor: where another window covers {title}, the captured "
                    "image is "
                    "black. Keep it uncovered, or start a compositor.",
                    title=source.partition(":")[2],
                )
            )
        if source and is_region(source) and covers_source(self._window.geometry(), source):
            self.problem.emit(UserError("This window covers the captured part of the screen: move it aside."))
