"""Keeps the window off the part of the screen that it reads."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from klipnet_live.types import UserError
from klipnet_live.ui.app.controller import Controller
from klipnet_live.ui.app.settings_store import SettingsKeeper
from klipnet_live.ui.sources.overlap import clear_place, covers_source, is_region


class Aside(QObject):
    """Only a region of the screen has room beside it: of a whole screen nothing is told."""

    problem = Signal(object)
    """A UserError: the window covers what is read."""

    def __init__(
        self, window: QWidget, keeper: SettingsKeeper, controller: Controller, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._keeper = keeper
        controller.session_started.connect(self._check)

    def make_way(self, source: str) -> None:
        """Moves the window aside before it is shown, where there is room."""
        place = self._window.geometry()
        if is_region(source) and covers_source(place, source) and (clear := clear_place(place, source)):
            self._window.setGeometry(clear)

    def _check(self) -> None:
        source = self._keeper.settings.source
        if source and is_region(source) and covers_source(self._window.geometry(), source):
            self.problem.emit(
                UserError("This window covers the part of the screen that is read: move it away.")
            )
