"""Connects sound controls with the pipeline: level, state and missing models."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QCheckBox

from klipnet_live.pipeline.meter import Status
from klipnet_live.settings import Settings
from klipnet_live.sound.source import APPLICATION, AUTO, MICROPHONE, SYSTEM
from klipnet_live.sound.store import MissingModelsError, missing
from klipnet_live.types import UserError
from klipnet_live.ui.core.controller import Controller
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.main_window.window import RUN, MainWindow
from klipnet_live.ui.sound.get_dialog import GetModelsDialog
from klipnet_live.ui.sources.meeting_dialog import MeetingDialog
from klipnet_live.ui.widgets.message_bar import MessageAction

_STATE = "sound"


class SoundPresenter(QObject):
    """The sound row of the window, the check box in the meeting dialog, and the download dialog."""

    def __init__(
        self,
        window: MainWindow,
        meeting: MeetingDialog,
        controller: Controller,
        settings_store: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._settings_store = window, settings_store
        self._row = window.controls.sound
        self.models = GetModelsDialog(parent=window)
        self.hear_call = HearCallBox()
        meeting.extra.addWidget(self.hear_call)
        self.hear_call.clicked.connect(self._hear_call_changed)
        self._row.download_requested.connect(self.models.offer)
        self.models.got.connect(self._models_installed)
        controller.status.connect(self._show_status)
        controller.sound_problem.connect(self._show_problem)
        settings_store.changed.connect(self._show_settings)
        self._show_settings(settings_store.settings)

    def _hear_call_changed(self, hear: bool) -> None:
        self._settings_store.change(sound=SYSTEM if hear else AUTO)
        language = self._row.language
        if hear and missing(language):
            self.models.offer(language)

    def _show_problem(self, problem: UserError) -> None:
        """Captions continue from lips; if only models are missing, offer the download."""
        language = self._row.language
        offer = MessageAction(lambda: self.tr("Download models…"), lambda: self.models.offer(language))
        lacks_models = isinstance(problem, MissingModelsError)
        self._window.show_message(problem, offer if lacks_models else None, topic=RUN)

    def _models_installed(self) -> None:
        """Use the new models in the running session."""
        self._row.refresh()
        self._window.controls.announce()

    def _show_settings(self, settings: Settings) -> None:
        self._row.picker.set_spec(settings.sound)
        self._row.languages.set_value(settings.sound_language, settings.language)
        self._row.refresh()
        self.hear_call.setChecked(settings.sound.startswith(SYSTEM))

    def _show_status(self, status: Status | None) -> None:
        level = None if status is None else status.sound_level
        self._row.show_level(level)
        self._window.notes.set_hearing(level is not None)
        self._window.session_bar.add_state(_STATE, "" if level is None else self._state_text())

    def _state_text(self) -> str:
        spec = self._settings_store.settings.sound
        if spec.startswith(MICROPHONE):
            return self.tr("Hearing the microphone")
        if spec.startswith(SYSTEM):
            return self.tr("Hearing the sound of this computer")
        if spec.startswith(APPLICATION):
            return self.tr("Hearing {name}").format(name=spec.partition(":")[2])
        return self.tr("Hearing the video")


class HearCallBox(QCheckBox):
    """Check box in the meeting dialog: also use the sound that the computer plays."""

    def __init__(self) -> None:
        super().__init__()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setText(self.tr("&Hear the call, too (sound of this computer)"))
