"""Docks the window as a strip at the top or bottom of the screen, like a panel."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMainWindow

from klipnet_live.ui.core.actions import Actions
from klipnet_live.ui.main_window.session_bar import SessionBar
from klipnet_live.xcb import set_numbers

Side = Literal["top", "bottom"]

_LINES = 7.5
"""Height of the captions in the strip, in line heights of body text."""

_FLAGS = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class Dock(QObject):
    """Handles the two dock actions, and restores the window's previous place."""

    def __init__(self, window: QMainWindow, actions: Actions, bar: SessionBar) -> None:
        super().__init__(window)
        self._window, self._bar = window, bar
        self._actions: dict[Side, QAction] = {"bottom": actions.dock_below, "top": actions.dock_above}
        self._before = QRect()
        self._side: Side | None = None
        for side, action in self._actions.items():
            action.toggled.connect(lambda on, side=side: self._switch(side, on))
        bar.undock_button.clicked.connect(self.undock)

    @property
    def is_docked(self) -> bool:
        return self._side is not None

    @property
    def undocked_geometry(self) -> QRect:
        """The window's geometry, or its geometry before it was docked."""
        return self._before if self.is_docked else self._window.geometry()

    def undock(self) -> None:
        """Restore the normal window."""
        if self._side is not None:
            self._actions[self._side].setChecked(False)

    def _switch(self, side: Side, on: bool) -> None:
        if on:
            other = self._actions["top" if side == "bottom" else "bottom"]
            other.setChecked(False)
            self._dock(side)
        elif self._side == side:
            self._restore()

    def _dock(self, side: Side) -> None:
        window = self._window
        self._before, self._side = window.geometry(), side
        self._show_parts(docked=True)
        screen = window.screen().geometry()
        height = self._bar.sizeHint().height() + round(_LINES * window.fontMetrics().height())
        height = min(height, screen.height() // 2)
        top = screen.top() if side == "top" else screen.bottom() + 1 - height
        place = QRect(screen.left(), top, screen.width(), height)
        window.setWindowFlags(window.windowFlags() | _FLAGS)
        window.setMinimumHeight(0)
        window.setGeometry(place)
        window.show()
        window.setGeometry(place)
        self._reserve(side, place)

    def _restore(self) -> None:
        window, self._side = self._window, None
        self._reserve(None, QRect())
        window.setWindowFlags(window.windowFlags() & ~_FLAGS)
        self._show_parts(docked=False)
        window.setGeometry(self._before)
        window.show()
        window.setGeometry(self._before)

    def _show_parts(self, *, docked: bool) -> None:
        self._window.menuBar().setVisible(not docked)
        self._bar.undock_button.setVisible(docked)

    def _reserve(self, side: Side | None, place: QRect) -> None:
        """On X11, ask the window manager to keep the strip free of other windows (_NET_WM_STRUT_PARTIAL)."""
        if QGuiApplication.platformName() != "xcb":
            return
        numbers: list[int] = []
        if side is not None:
            ratio = self._window.devicePixelRatio()
            height, left, right = (round(n * ratio) for n in (place.height(), place.left(), place.right()))
            above, below = (height, 0) if side == "top" else (0, height)
            edges = (left, right, 0, 0) if side == "top" else (0, 0, left, right)
            numbers = [0, 0, above, below, 0, 0, 0, 0, *edges]
        set_numbers(int(self._window.winId()), b"_NET_WM_STRUT_PARTIAL", numbers)
