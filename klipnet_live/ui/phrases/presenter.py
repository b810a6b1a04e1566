"""Connects recognised phrases to speech output, large text, the choice bar and learning."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from klipnet_live.phrases.in_use import ProfilesInUse, ReadTake
from klipnet_live.phrases.profile_storage import owner_of
from klipnet_live.phrases.words import corrected
from klipnet_live.pipeline.preview import Preview
from klipnet_live.settings import Settings
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.controller import Controller
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.phrases.choice_bar import ChoiceBar
from klipnet_live.ui.phrases.dialog import PhrasesDialog
from klipnet_live.ui.phrases.large_text import LargeText
from klipnet_live.ui.phrases.profile_bar import SPEAKING
from klipnet_live.ui.phrases.voice import Voice, language_of

_SPEECH_DELAY_MS = 1000
"""Time to correct a phrase before it is spoken."""


class PhrasesPresenter(QObject):
    """Keeps the dialog, the choice bar, the voice and the large text in step.

    Creates the dialog on first use.
    """

    message = Signal(object)
    """A UserError or a text to show."""

    restart_requested = Signal()
    """The profiles in use changed: the pipeline must restart."""

    def __init__(
        self,
        in_use: ProfilesInUse,
        settings: SettingsStore,
        controller: Controller,
        speakers: SpeakerBook,
        make_dialog: Callable[[], PhrasesDialog],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._in_use, self._settings, self._speakers = in_use, settings, speakers
        self._controller, self._make_dialog = controller, make_dialog
        self._dialog: PhrasesDialog | None = None
        self._speaker: str | None = None
        self._speakers_in_view: tuple[str, ...] = ()
        self._pending_text = ""
        self._reported_no_voice = False
        self._voices: list[str] | None = None
        self.bar, self.voice, self.large = ChoiceBar(), Voice(self), LargeText()
        self._speech_timer = QTimer(self, interval=_SPEECH_DELAY_MS, singleShot=True)
        self._speech_timer.timeout.connect(self._speak_pending)
        self.bar.chosen.connect(self._correct)
        controller.caption.connect(self._caption_received)
        controller.session_started.connect(self._session_started)
        controller.preview.connect(self._preview_received)
        settings.changed.connect(self._apply)
        self._apply(settings.settings)

    @property
    def dialog(self) -> PhrasesDialog:
        if self._dialog is None:
            self._dialog = self._make_dialog()
            self._dialog.profiles.use_changed.connect(self._change_use)
            self._dialog.open_profile.changed.connect(self._show_use)
            self._dialog.open_profile.checked.connect(lambda _: self._stop_using_empty())
        return self._dialog

    def show_dialog(self) -> None:
        self.dialog.show()
        self._show_use()

    def read_only(self, profiles: tuple[str, ...]) -> None:
        """Use only these profiles, as given on the command line."""
        self._settings.change_part("phrases", on=profiles)

    def _apply(self, settings: Settings) -> None:
        of = f"@{self._speaker}" if self._speaker else ""
        self._in_use.profiles = tuple(f"{name}{of}" for name in settings.phrases.on)

    def _session_started(self) -> None:
        self._in_use.memory.forget()
        self.bar.dismiss()

    def _preview_received(self, preview: Preview | None) -> None:
        self._speakers_in_view = () if preview is None else tuple(face.speaker for face in preview.faces)

    def _caption_received(self, event: CaptionEvent) -> None:
        if event.event != "completed":
            return
        is_recognised_phrase = (
            event.readable and bool(self._settings.settings.phrases.on) and bool(event.text)
        )
        if event.choices:
            self.bar.offer(event)
        elif self.bar.isVisible() and not event.readable:
            self.bar.dismiss()
        if is_recognised_phrase and (event.choices or event.confidence == 1.0):
            self._output_phrase(event.text)

    def _output_phrase(self, text: str) -> None:
        """Speak and show a phrase according to the settings."""
        settings = self._settings.settings.phrases
        if settings.large:
            self.large.show_text(text)
        self._pending_text = text
        if settings.speaking == "at once":
            self._speak_pending()
        elif settings.speaking == "after a moment":
            self._speech_timer.start()

    def _speak_pending(self) -> None:
        text, self._pending_text = self._pending_text, ""
        if not text:
            return
        settings = self._settings.settings.phrases
        voice = settings.voices.get(owner_of(text, settings.on) or "", "") if settings.voices else ""
        if not self.voice.say(text, language_of(text), voice) and not self._reported_no_voice:
            self._reported_no_voice = True
            self.message.emit(
                self.tr("No speech output is available on this system, so phrases cannot be spoken.")
            )

    def _correct(self, event: CaptionEvent, text: str) -> None:
        """Correct the line to this phrase and add its features to the profile as a take."""
        self._speech_timer.stop()
        self._controller.correct(corrected(event, text))
        take = self._in_use.memory.of_line(event)
        if take is not None:
            self._learn(text, take)

    def _learn(self, text: str, take: ReadTake) -> None:
        open_profile = self.dialog.open_profile
        if open_profile.profile is None or text not in open_profile.profile.phrases:
            return
        open_profile.change(open_profile.profile.with_take(text, take.features, take.crops))

    def _show_use(self) -> None:
        """Show in the dialog how the open profile is used."""
        dialog, settings = self.dialog, self._settings.settings.phrases
        dialog.profiles.show_use(
            read=dialog.open_profile.folder.name in settings.on,
            speaking=settings.speaking,
            large=settings.large,
        )
        seen = [(speaker, self._speakers.name(speaker)) for speaker in self._speakers_in_view]
        dialog.profiles.show_speakers(seen, self._speaker)
        if settings.speaking != "off" and self._voices is None:
            self._voices = self.voice.names()
        voices = self._voices if self._voices is not None and settings.speaking != "off" else []
        dialog.profiles.show_voices(voices, settings.voices.get(dialog.open_profile.folder.name, ""))

    def _change_use(self) -> None:
        bar, name = self.dialog.profiles, self.dialog.open_profile.folder.name
        others = tuple(on for on in self._settings.settings.phrases.on if on != name)
        on = (*others, name) if bar.read_box.isChecked() else others
        speaker_changed, self._speaker = bar.speaker != self._speaker, bar.speaker
        changed = on != self._settings.settings.phrases.on or speaker_changed
        speaking = SPEAKING[bar.speaking.currentIndex()]
        voices = dict(self._settings.settings.phrases.voices)
        if (voice := bar.voices.currentData()) is not None:
            voices[name] = voice
        large = bar.large_box.isChecked()
        self._settings.change_part("phrases", on=on, speaking=speaking, large=large, voices=voices)
        self._apply(self._settings.settings)
        self._show_use()
        if changed and self._controller.running:
            self.restart_requested.emit()

    def _stop_using_empty(self) -> None:
        """Stop using the open profile when it has no takes left."""
        profile = self.dialog.open_profile.profile
        name = self.dialog.open_profile.folder.name
        if profile is not None and not profile.info.takes and name in self._settings.settings.phrases.on:
            on = tuple(other for other in self._settings.settings.phrases.on if other != name)
            self._settings.change_part("phrases", on=on)
            self._show_use()
