"""Applies language, colours and sizes of the settings and the desktop to the application."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from klipnet_live.settings import Settings
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.look.appearance import appearance_of, apply_appearance
from klipnet_live.ui.look.fonts import load_fonts
from klipnet_live.ui.text.language import InterfaceTranslator


class AppearanceManager(QObject):
    """Create it before the windows, so that they have the right language and size from the start."""

    changed = Signal(object)
    """The new Appearance."""

    def __init__(
        self, application: QApplication, settings_store: SettingsStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._settings_store = settings_store
        self._family = load_fonts()
        self._translator = InterfaceTranslator(self)
        self._language = settings_store.settings.interface_language
        self._translator.set_language(self._language)
        self.look = appearance_of(settings_store.settings, self._family)
        apply_appearance(application, self.look)
        settings_store.changed.connect(self._follow)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda: self._follow(settings_store.settings))

    def _follow(self, settings: Settings) -> None:
        if settings.interface_language != self._language:
            self._language = settings.interface_language
            self._translator.set_language(self._language)
        look = appearance_of(settings, self._family)
        if look != self.look:
            self.look = look
            apply_appearance(self._application, look)
            self.changed.emit(look)
