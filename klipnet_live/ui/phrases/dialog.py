"""The “My phrases” dialog: the list of phrases, and the camera that records each of them three times."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from klipnet_live.errors import as_user_error
from klipnet_live.phrases.profile import Profile
from klipnet_live.phrases.profile_storage import profile_names
from klipnet_live.recording.states import PhraseStudioState
from klipnet_live.types import UserError
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.phrases.crop_view import CropView
from klipnet_live.ui.phrases.open_profile import Checked, OpenProfile
from klipnet_live.ui.phrases.phrase_list import PhraseList
from klipnet_live.ui.phrases.profile_bar import ProfileBar
from klipnet_live.ui.phrases.profile_commands import ProfileCommands
from klipnet_live.ui.phrases.take_recorder import TAKES, TakeRecorder
from klipnet_live.ui.preview.view import PreviewView
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.widgets.announcer import announce
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.flow_row import FlowRow
from klipnet_live.ui.widgets.message_bar import MessageAction, MessageBar
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.scrolled import ScrolledColumn
from klipnet_live.ui.widgets.splitter import ResponsiveSplitter

_PHRASE = "phrase"
"""Topic of messages about phrases and takes: removed when the next take is kept."""


class PhrasesDialog(Dialog):
    """Edits one profile at a time. The dialog uses the camera itself while it records."""

    size_at_full = QSize(860, 720)

    opened = Signal()
    """Emitted before the dialog opens the camera."""

    changed = Signal()
    """The takes of the open profile changed, or it was deleted."""

    def __init__(
        self,
        services: PhraseServices,
        sources: SourcePicker,
        preview: PreviewView,
        settings: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sources, self.preview, self._settings = sources, preview, settings
        self.open_profile = OpenProfile(services.encode, self)
        self.take_recorder = TakeRecorder(services, self.open_profile, self)
        self.list = PhraseList(services, self.open_profile, settings)
        self.message_bar, self.crop, self.profiles = MessageBar(), CropView(), ProfileBar()
        self._commands = ProfileCommands(self.profiles, self.open_profile, self)
        self.skip_button, self.undo_button, self.record_button = QPushButton(), QPushButton(), QPushButton()
        self.record_button.setProperty("role", "primary")
        self.phrase = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.phrase.setProperty("role", "title")
        self.phrase.hide()
        self.state = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.state.setProperty("role", "muted")
        self._lay_out()
        self._connect()
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.sources.set_source(self._settings.settings.source)
            self._commands.list_profiles()
        super().showEvent(event)

    def done(self, result: int) -> None:
        self.list.dictating.end()
        self.take_recorder.end()
        super().done(result)

    def _lay_out(self) -> None:
        camera = QWidget()
        column = QVBoxLayout(camera)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sources)
        column.addWidget(self.preview, stretch=2)
        column.addWidget(self.crop, stretch=1)
        scrolled = ScrolledColumn()
        scrolled.column.addWidget(self.message_bar)
        scrolled.column.addWidget(self.profiles)
        scrolled.column.addWidget(ResponsiveSplitter(self.list, camera), stretch=1)
        buttons = FlowRow(at_end=True)
        for button in (self.undo_button, self.skip_button, self.record_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled, stretch=1)
        layout.addWidget(self.phrase)
        layout.addWidget(self.state)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.list.problem.connect(self._show_message)
        self.list.solved.connect(self._forget_message)
        self.list.played.connect(self.crop.play)
        self.list.dictating.changed.connect(self._show_buttons)
        self.record_button.clicked.connect(self._toggle_recording)
        self.skip_button.clicked.connect(self.take_recorder.skip)
        self.undo_button.clicked.connect(self.take_recorder.undo)
        self._commands.problem.connect(self._show_message)
        self.open_profile.changed.connect(self._show_buttons)
        self.open_profile.changed.connect(self.changed)
        self.open_profile.checked.connect(self._show_check)
        self.open_profile.problem.connect(self._show_message)
        self.take_recorder.polled.connect(self._show_state)
        self.take_recorder.take_kept.connect(self._forget_message)
        self.take_recorder.problem.connect(self._show_message)
        self.take_recorder.take_refused.connect(self._take_refused)
        self.take_recorder.ended.connect(self._recording_ended)

    def _toggle_recording(self) -> None:
        if self.take_recorder.running:
            self.take_recorder.end()
            return
        self.list.dictating.end()
        self._forget_message()
        source = self.sources.source
        try:
            if source is None:
                raise UserError("Choose a camera first.")
            self.opened.emit()
            self.take_recorder.begin(source)
            self.open_profile.checking = False
        except Exception as error:
            self._show_message(as_user_error(error))
        self._show_buttons()

    def _show_state(self, state: PhraseStudioState) -> None:
        """Show the camera image and the phrase to record."""
        studio = self.take_recorder.studio
        if studio is not None and (preview := studio.preview.take()) is not None:
            self.preview.show_preview(preview)
        self.crop.show_crop(state.crop)
        text, profile = self.take_recorder.phrase, self.open_profile.profile
        if text is not None and profile is not None:
            number = len(profile.takes_of(text)) + 1
            prompt = self.tr("{text}  ({number} of {count})").format(text=text, number=number, count=TAKES)
            if prompt != self.phrase.text():
                self.phrase.setText(prompt)
                self.phrase.show()
                announce(self.phrase, prompt)
                self.list.table.choose(text)
        self.state.setText(self._state_text(state))

    def _state_text(self, state: PhraseStudioState) -> str:
        if not state.faces:
            return self.tr("No face in view.")
        if state.faces > 1:
            return self.tr("More than one face in view. Only you may be in view.")
        if state.moving:
            return self.tr("Recording… then rest your lips.")
        return self.tr("Say it now, aloud or silently, then rest your lips.")

    def _recording_ended(self) -> None:
        self.open_profile.checking = True
        self.preview.show_preview(None)
        self.phrase.clear()
        self.phrase.hide()
        self._show_buttons()

    def _take_refused(self, error: UserError) -> None:
        keep = MessageAction(lambda: self.tr("Keep it"), self.take_recorder.keep_anyway)
        self.message_bar.show_message(error, keep, topic=_PHRASE)

    def _show_message(self, error: UserError) -> None:
        self.message_bar.show_message(error, topic=_PHRASE)

    def _forget_message(self) -> None:
        self.message_bar.forget(_PHRASE)

    def _show_check(self, checked: Checked) -> None:
        names, name = profile_names(), self.open_profile.folder.name
        if checked.profile is self.open_profile.profile and name in names:
            self.profiles.show_names(names, name)

    def _show_buttons(self) -> None:
        profile, running = self.open_profile.profile, self.take_recorder.running
        has_phrases = profile is not None and bool(profile.phrases)
        todo = self.take_recorder.phrase is not None
        self.list.set_recording(running)
        self.sources.setEnabled(not running)
        self.profiles.setEnabled(not running)
        self.skip_button.setVisible(running)
        self.undo_button.setVisible(running)
        self.record_button.setEnabled(running or (has_phrases and todo))
        self.record_button.setText(self.tr("&Stop") if running else self.tr("Record &with the camera"))
        if not running:
            self.state.setText(self._idle_text(profile, todo=todo))

    def _idle_text(self, profile: Profile | None, *, todo: bool) -> str:
        if self.list.dictating.running:
            if not self.list.dictating.listening:
                return self.tr("Preparing to listen…")
            return self.tr("Say each phrase aloud, with a pause after it. It is written into the list.")
        if profile is None or not profile.phrases:
            return self.tr("Type a phrase or add a set. Then record each phrase three times.")
        if todo:
            return self.tr("Each phrase is recorded three times. Ten phrases take about two minutes.")
        return self.tr("All phrases are recorded. Turn on “Read these phrases” and start captions.")

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("My phrases"))
        self.undo_button.setText(self.tr("&Undo last take"))
        self.skip_button.setText(self.tr("S&kip this phrase"))
        self.crop.setAccessibleName(self.tr("Mouth as seen by the camera"))
        self._show_buttons()
