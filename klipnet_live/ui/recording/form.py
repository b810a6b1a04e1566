"""The form with the choices for recording: source, sentences, folder, speaker and sound."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from klipnet_live.assets import ASSETS
from klipnet_live.dataset_format import MIN_SENTENCES, TABLE
from klipnet_live.plain_text import file_name
from klipnet_live.recording.recordings import Recordings
from klipnet_live.recording.states import StudioTask
from klipnet_live.recording.training import TrainingTask
from klipnet_live.types import UserError
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.widgets.form_rows import with_button
from klipnet_live.ui.widgets.plain import PlainLabel, set_tool_tip


class RecordingForm(QWidget):
    """Initially shows the choices of the last time."""

    def __init__(
        self, sources: SourcePicker, settings_store: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings_store = settings_store
        self.sources = sources
        self.sentences, self.folder, self.speaker = QLineEdit(), QLineEdit(), QLineEdit()
        self.sound = QCheckBox()
        self._buttons = [QPushButton("…", autoDefault=False) for _ in range(2)]
        self._labels = [PlainLabel() for _ in range(4)]
        self._lay_out()
        self._connect()
        self.show_settings()
        self._retranslate()

    @property
    def sentences_file(self) -> Path:
        """The selected list, or the bundled one."""
        chosen = self.sentences.text().strip()
        return _path(chosen) if chosen else self._bundled

    @property
    def task(self) -> StudioTask:
        """The selected task. UserError if a choice is missing."""
        source, folder, speaker = self.sources.source, self.folder.text().strip(), self.speaker.text().strip()
        if source is None or not folder or not speaker:
            raise UserError("Choose a camera, a folder and a name first.")
        return StudioTask(source, _path(folder), speaker, self.sound.isChecked())

    @property
    def training(self) -> TrainingTask:
        """The task of training on the recordings in the folder. Raises UserError if there are too few."""
        if (count := self.recorded) < MIN_SENTENCES:
            raise UserError(
                "{count} sentences are recorded, and training needs {least}: record some more.",
                count=count,
                least=MIN_SENTENCES,
            )
        folder = _path(self.folder.text().strip())
        name = file_name(self.speaker.text(), "me")
        return TrainingTask(folder, folder / "training", f"{name}-{self._settings_store.settings.language}")

    @property
    def has_recordings(self) -> bool:
        return (_path(self.folder.text().strip()) / TABLE).is_file()

    @property
    def recorded(self) -> int:
        """Number of sentences in the folder. Raises UserError if its table cannot be read."""
        return len(Recordings(_path(self.folder.text().strip()), "").texts)

    def show_settings(self) -> None:
        settings = self._settings_store.settings
        chosen = settings.recording
        self.sources.set_source(self.sources.camera_like(settings.source))
        self.sentences.setText(chosen.sentences or "")
        self.folder.setText(chosen.folder or str(default_folder()))
        self.speaker.setText(chosen.speaker)
        self.sound.setChecked(chosen.sound)

    def keep(self) -> None:
        """Store the choices in the settings."""
        self._settings_store.change_part(
            "recording",
            sentences=self.sentences.text().strip() or None,
            folder=self.folder.text().strip() or None,
            speaker=self.speaker.text().strip() or "me",
            sound=self.sound.isChecked(),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @property
    def _bundled(self) -> Path:
        return ASSETS / "sentences" / f"{self._settings_store.settings.language}.txt"

    def _lay_out(self) -> None:
        form = QFormLayout(self, rowWrapPolicy=QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = (
            (self.sources, self.sources),
            (self.sentences, with_button(self.sentences, self._buttons[0])),
            (self.folder, with_button(self.folder, self._buttons[1])),
            (self.speaker, self.speaker),
        )
        for label, (field, row) in zip(self._labels, rows, strict=True):
            form.addRow(label, row)
            label.setBuddy(field)
        form.addRow(self.sound)

    def _connect(self) -> None:
        self._buttons[0].clicked.connect(self._ask_for_sentences)
        self._buttons[1].clicked.connect(self._ask_for_folder)

    def _ask_for_sentences(self) -> None:
        text, every = self.tr("Text"), self.tr("All files")
        kinds = f"{text} (*.txt);;{every} (*)"
        if path := QFileDialog.getOpenFileName(self, self.tr("Sentences to speak"), "", kinds)[0]:
            self.sentences.setText(path)

    def _ask_for_folder(self) -> None:
        if path := QFileDialog.getExistingDirectory(self, self.tr("Folder for the recordings")):
            self.folder.setText(path)

    def _retranslate(self) -> None:
        texts = (self.tr("So&urce"), self.tr("S&entences"), self.tr("&Folder"), self.tr("&Name"))
        fields = (self.sources, self.sentences, self.folder, self.speaker)
        for label, field, text in zip(self._labels, fields, texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text.replace("&", ""))
        self._buttons[0].setAccessibleName(self.tr("Choose a list of sentences"))
        self._buttons[1].setAccessibleName(self.tr("Choose a folder"))
        self.sentences.setPlaceholderText(self.tr("Included sentences"))
        set_tool_tip(self.sentences, self.tr("A text file with one sentence per line"))
        self.sound.setText(self.tr("Also record s&ound, to detect when you speak"))


def _path(typed: str) -> Path:
    """Expand ~; unlike Path.expanduser, leave the path unchanged if there is no such user."""
    return Path(os.path.expanduser(typed))


def default_folder() -> Path:
    """The default folder for recordings."""
    return platformdirs.user_documents_path() / "KLipNet recordings"
