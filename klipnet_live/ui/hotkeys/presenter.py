"""Registers the hotkeys of the settings, and executes their commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QKeyCombination, QObject, Signal
from PySide6.QtGui import QKeySequence

from klipnet_live.settings import HotkeySettings, Settings
from klipnet_live.types import UserError
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.hotkeys.base import Grabber, Pressed
from klipnet_live.ui.hotkeys.grabber import system_grabber
from klipnet_live.ui.hotkeys.rules import refusal


class HotkeyPresenter(QObject):
    """`commands`: callbacks by the argument of `klipnet-live toggle`."""

    problem = Signal(object)
    """A UserError: a hotkey could not be registered."""

    def __init__(
        self,
        settings_store: SettingsStore,
        commands: Mapping[str, Callable[[], object]],
        make_grabber: Callable[[Pressed], Grabber | None] = system_grabber,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings_store = settings_store
        self._commands = commands
        self._make_grabber = make_grabber
        self._grabber: Grabber | None = None
        self._hotkeys = HotkeySettings()
        self._names: dict[int, str] = {}
        settings_store.changed.connect(self._follow)

    def open(self) -> None:
        """Register the hotkeys of the settings."""
        self._follow(self._settings_store.settings)

    def close(self) -> None:
        if self._grabber is not None:
            self._grabber.release()

    def _follow(self, settings: Settings) -> None:
        if settings.hotkeys == self._hotkeys:
            return
        if self._hotkeys.typing and not settings.hotkeys.typing and settings.outputs.typing:
            # Turn typing off together with its hotkey; otherwise it would continue unnoticed.
            self._settings_store.change_part("outputs", typing=False)
        self._hotkeys = settings.hotkeys
        if self._grabber is None:
            self._grabber = self._make_grabber(self._execute)
        if self._grabber is not None:
            self._register_all(self._grabber)

    def _register_all(self, grabber: Grabber) -> None:
        grabber.release()
        self._names.clear()
        for name in self._commands:
            text = getattr(self._hotkeys, name.replace("-", "_"))
            keys = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
            if keys.isEmpty():
                continue
            first: QKeyCombination = keys[0]  # type: ignore[index]  # missing in PySide6's stubs
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            if first.toCombined() in self._names:
                self.problem.emit(
                    UserError("The hotkey {keys} is assigned twice: change one of them.", keys=shown)
                )
            elif refusal(first) is None and grabber.grab(first):
                self._names[first.toCombined()] = name
            else:
                self.problem.emit(
                    UserError("The hotkey {keys} is already in use: choose another one.", keys=shown)
                )

    def _execute(self, keys: QKeyCombination) -> None:
        self._commands[self._names[keys.toCombined()]]()
