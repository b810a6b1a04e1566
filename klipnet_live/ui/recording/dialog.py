"""“Record sentences”: one sentence after the other, spoken into the camera, to train a model with."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from klipnet_live.decoding.grammar import load_sentences
from klipnet_live.errors import as_user_error
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.recording.studio_state import StudioState
from klipnet_live.types import UserError
from klipnet_live.ui.core.pipeline_port import StudioFactory, StudioLike
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.preview.view import PreviewView
from klipnet_live.ui.recording.form import RecordingForm
from klipnet_live.ui.recording.script import Script
from klipnet_live.ui.widgets.announcer import announce
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.flow_row import FlowRow
from klipnet_live.ui.widgets.message_bar import MessageBar
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.scrolled import ScrolledColumn

_POLL_MS = 40
_STUDIO = "studio"
"""The topic of messages about what is recorded: over when the next sentence begins."""


class RecordingDialog(Dialog):
    """Chooses, records and keeps. While it is open, the camera is its own."""

    size_at_full = QSize(760, 780)

    opened = Signal()
    """It will want the camera."""

    def __init__(
        self,
        open_studio: StudioFactory,
        form: RecordingForm,
        preview: PreviewView,
        keeper: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._open_studio, self._keeper = open_studio, keeper
        self._studio: StudioLike | None = None
        self._script = Script(())
        self._told: UserError | None = None
        self.form, self.preview = form, preview
        self.message_bar = MessageBar()
        self.sentence = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.sentence.setProperty("role", "title")
        self.progress = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.progress.setProperty("role", "muted")
        self.session_button = QPushButton(autoDefault=False)
        self.again_button = QPushButton(autoDefault=False)
        self.skip_button = QPushButton(autoDefault=False)
        self.record_button = QPushButton(autoDefault=False)
        self.record_button.setProperty("role", "primary")
        self._poll = QTimer(self, interval=_POLL_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_state()

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.form.show_settings()
            self.opened.emit()
        super().showEvent(event)

    def done(self, result: int) -> None:
        self._close_studio()
        super().done(result)

    def _lay_out(self) -> None:
        buttons = FlowRow()
        for button in (self.session_button, self.again_button, self.skip_button, self.record_button):
            buttons.addWidget(button)
        scrolled = ScrolledColumn()
        scrolled.column.addWidget(self.message_bar)
        scrolled.column.addWidget(self.form)
        scrolled.column.addWidget(self.preview, stretch=1)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled, stretch=1)
        layout.addWidget(self.progress)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.session_button.clicked.connect(self._switch_session)
        self.record_button.clicked.connect(self._switch_recording)
        self.again_button.clicked.connect(self._drop_last)
        self.skip_button.clicked.connect(self._skip)
        self._poll.timeout.connect(self._look)

    def _switch_session(self) -> None:
        if self._studio is not None:
            self._close_studio()
            return
        self.message_bar.forget(_STUDIO)
        try:
            language = self._keeper.settings.language
            self._script = Script(load_sentences(self.form.sentences_file, alphabet_for(language)))
            self._studio = self._open_studio(self.form.task)
        except Exception as error:
            self._tell(as_user_error(error))
            return
        self.form.keep()
        self._told = None
        self._studio.start()
        self._poll.start()
        self._look()
        self.record_button.setFocus()

    def _close_studio(self) -> None:
        self._poll.stop()
        if self._studio is not None:
            self._studio.stop()
            self._studio = None
        self.preview.show_preview(None)
        self._show_state()

    def _switch_recording(self) -> None:
        if self._studio is None:
            return
        state = self._studio.state
        text = self._script.next(state.spoken)
        if state.recording:
            self._studio.end()
        elif text is not None:
            self.message_bar.forget(_STUDIO)
            self._studio.begin(text)

    def _drop_last(self) -> None:
        if self._studio is not None:
            self._studio.drop_last()

    def _skip(self) -> None:
        self._script.skip()
        self._show_state()

    def _look(self) -> None:
        """Shows what the studio sees and has kept."""
        if self._studio is None:
            return
        if (preview := self._studio.preview.take()) is not None:
            self.preview.show_preview(preview)
        state = self._studio.state
        if state.problem is not None and state.problem is not self._told:
            self._tell(state.problem)
        self._told = state.problem
        if not state.running:
            self._close_studio()
        self._show_state()

    def _tell(self, error: UserError) -> None:
        self.message_bar.show_message(error, topic=_STUDIO)

    def _show_state(self) -> None:
        state = None if self._studio is None else self._studio.state
        self.form.setVisible(state is None)
        self.session_button.setText(self.tr("&Start") if state is None else self.tr("&Stop"))
        recording = state is not None and state.recording
        text = None if state is None else self._script.next(state.spoken)
        self._show_sentence(text or "")
        self.progress.setText(self._progress_text(state))
        self.record_button.setText(self.tr("■ Sentence spoken") if recording else self.tr("● Speak"))
        for button in (self.again_button, self.skip_button, self.record_button):
            button.setVisible(state is not None)
        self.record_button.setEnabled(text is not None)
        self.again_button.setEnabled(state is not None and not recording and bool(state.spoken))
        self.skip_button.setEnabled(text is not None and not recording)

    def _show_sentence(self, text: str) -> None:
        if text != self.sentence.text():
            self.sentence.setText(text)
            announce(self.sentence, text)

    def _progress_text(self, state: StudioState | None) -> str:
        if state is None:
            return self.tr("Speak sentence after sentence as you always do, aloud or without a voice.")
        done, count = self._script.done(state.spoken), len(self._script)
        if done == count:
            told = self.tr("All {count} sentences are in {folder}. The README says how to train with them.")
            return told.format(count=count, folder=self.form.folder.text())
        if state.faces != 1:
            told = self.tr("No face is seen.") if not state.faces else self.tr("More than one face is seen.")
        elif state.recording:
            told = self.tr("Speak now, then press Space.")
        else:
            told = self.tr("Press Space, and speak this sentence:")
        return self.tr("{done} of {count}. {told}").format(done=done, count=count, told=told)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Record sentences"))
        self.again_button.setText(self.tr("&Undo the last"))
        self.skip_button.setText(self.tr("S&kip"))
        self._show_state()
