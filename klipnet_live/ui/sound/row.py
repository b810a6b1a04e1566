"""The sound source and its language, with level meter and missing models."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from klipnet_live.sound.fetch import download_size
from klipnet_live.sound.source import OFF
from klipnet_live.sound.store import missing
from klipnet_live.ui.sound.language_picker import SoundLanguagePicker
from klipnet_live.ui.sound.level_bar import LevelBar
from klipnet_live.ui.sound.picker import SoundPicker
from klipnet_live.ui.widgets.plain import PlainLabel

_MEGA = 1e6


class SoundRow(QWidget):
    """If speech recognition models for the language are missing, a button offers to download them."""

    download_requested = Signal(str)
    """The language whose models the user wants to download."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picker = SoundPicker()
        self.languages = SoundLanguagePicker()
        self.level = LevelBar()
        self.note = PlainLabel(wordWrap=True)
        self.note.setProperty("role", "muted")
        self.get_button = QPushButton(autoDefault=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.picker, self.languages, self.level, self.note, self.get_button):
            layout.addWidget(part)
        self.setFocusProxy(self.picker)
        self.picker.chosen.connect(self.refresh)
        self.languages.chosen.connect(self.refresh)
        self.get_button.clicked.connect(lambda: self.download_requested.emit(self.language))
        self.show_level(None)
        self._retranslate()

    @property
    def language(self) -> str:
        """Language of the sound, or `ANY_LANGUAGE`."""
        return self.languages.value or self.languages.language

    def set_language(self, language: str) -> None:
        """Set the language of the captions."""
        self.languages.set_value(self.languages.value, language)
        self.refresh()

    def refresh(self) -> None:
        """Check again whether models are missing."""
        off = self.picker.spec == OFF
        self.languages.setVisible(not off)
        missing_models = () if off else missing(self.language)
        size = round(download_size(missing_models) / _MEGA)
        text = self.tr("To recognise speech from sound, too, download its models ({size} MB).")
        self.note.setText(text.format(size=size))
        for part in (self.note, self.get_button):
            part.setVisible(bool(missing_models))

    def show_level(self, level: float | None) -> None:
        self.level.setVisible(level is not None)
        self.level.show_level(level)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.get_button.setText(self.tr("&Download models…"))
        self.level.setAccessibleName(self.tr("Sound level"))
        self.refresh()
