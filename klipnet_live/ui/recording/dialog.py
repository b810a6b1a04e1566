"""The dialog “Record sentences”: the user speaks sentences into the camera, to train a model."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from klipnet_live.decoding.grammar import load_sentences, sentences_as_written
from klipnet_live.errors import as_user_error
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.recording.states import StudioState, StudioTask
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
from klipnet_live.ui.widgets.role import set_role
from klipnet_live.ui.widgets.scrolled import ScrolledColumn

_POLL_MS = 40
_STUDIO = "studio"
"""Topic of messages about the recording; they are removed when the next sentence starts."""


class RecordingDialog(Dialog):
    """Shows the preview, records the sentences one by one, and then explains how to train with them."""

    size_at_full = QSize(760, 780)

    opened = Signal()
    """The dialog has opened and needs the camera."""

    training_requested = Signal()
    """The user wants to train on the sentences in the folder of the form."""

    def __init__(
        self,
        open_studio: StudioFactory,
        form: RecordingForm,
        preview: PreviewView,
        settings_store: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._open_studio, self._settings_store = open_studio, settings_store
        self._studio: StudioLike | None = None
        self._task: StudioTask | None = None
        self._ending: StudioLike | None = None
        self._in_session = False
        self._script, self._written = Script(()), dict[str, str]()
        self._reported: UserError | None = None
        self.form, self.preview = form, preview
        self.message_bar = MessageBar()
        self.sentence = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.sentence.setProperty("role", "prompt")
        self.progress = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.progress.setProperty("role", "muted")
        self.session_button = QPushButton(autoDefault=False)
        self.again_button = QPushButton(autoDefault=False)
        self.skip_button = QPushButton(autoDefault=False)
        self.record_button = QPushButton(autoDefault=False)
        self.record_button.setProperty("role", "primary")
        self.train_button = QPushButton(autoDefault=False)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_state()

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.form.show_settings()
            self.opened.emit()
            self._start_preview()
        super().showEvent(event)

    def done(self, result: int) -> None:
        self._in_session = False
        self._close_studio()
        super().done(result)

    def finish(self, timeout_s: float) -> None:
        """Stop recording when the app quits, so that no incomplete clip is left."""
        studios = [studio for studio in (self._studio, self._ending) if studio is not None]
        self._close_studio()
        for studio in studios:
            studio.join(timeout_s)

    def _lay_out(self) -> None:
        """Place the sentence above the preview, near the camera."""
        buttons = FlowRow(at_end=True)
        for button in (
            self.train_button,
            self.session_button,
            self.again_button,
            self.skip_button,
            self.record_button,
        ):
            buttons.addWidget(button)
        scrolled = ScrolledColumn()
        for part in (self.message_bar, self.form, self.preview):
            scrolled.column.addWidget(part)
        scrolled.column.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(self.sentence)
        layout.addWidget(self.progress)
        layout.addWidget(scrolled, stretch=1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.session_button.clicked.connect(self._switch_session)
        self.record_button.clicked.connect(self._switch_recording)
        self.again_button.clicked.connect(self._drop_last)
        self.skip_button.clicked.connect(self._skip)
        self.train_button.clicked.connect(self.training_requested)
        self.form.folder.textChanged.connect(self._show_state)
        self.form.sources.source_chosen.connect(self._start_preview)
        self._poll.timeout.connect(self._update)

    def _start_preview(self) -> None:
        """Show the preview before recording, if a source is selected."""
        if self._in_session or self.form.sources.source is None:
            return
        with suppress(UserError):
            self._open(replace(self.form.task, sound=False))

    def _switch_session(self) -> None:
        if self._in_session:
            self._in_session = False
            self._start_preview()
            self._show_state()
            return
        self.message_bar.forget(_STUDIO)
        try:
            alphabet = alphabet_for(self._settings_store.settings.language)
            self._written = sentences_as_written(self.form.sentences_file, alphabet)
            self._script = Script(load_sentences(self.form.sentences_file, alphabet))
            self._open(self.form.task)
        except Exception as error:
            self._show_problem(as_user_error(error))
            return
        self.form.keep()
        self._in_session = True
        self._update()
        self.record_button.setFocus()

    def _open(self, task: StudioTask) -> None:
        """Open a studio for this task, after the previous one has released its camera. Raises UserError."""
        if self._studio is not None and self._task == task:
            return
        before = self._ending or self._studio
        self._close_studio()
        self._task, self._reported = task, None
        self._poll.start()
        if before is not None and before.state.running:
            self._ending = before
            return
        self._studio = self._open_studio(task)
        self._studio.start()

    def _close_studio(self) -> None:
        self._poll.stop()
        for studio in filter(None, (self._studio, self._ending)):
            studio.stop()
        self._studio = self._ending = self._task = None
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

    def _update(self) -> None:
        """Show preview and state of the studio."""
        if self._ending is not None:
            self._take_over()
            return
        if self._studio is None:
            return
        if (preview := self._studio.preview.take()) is not None:
            self.preview.show_preview(preview)
        state = self._studio.state
        if state.problem is not None and state.problem is not self._reported:
            self._show_problem(state.problem)
        self._reported = state.problem
        if not state.running:
            self._in_session = False
            self._close_studio()
        self._show_state()

    def _take_over(self) -> None:
        """Open the waiting task once the camera is released."""
        if self._ending is None or self._ending.state.running or self._task is None:
            return
        task, self._ending, self._task = self._task, None, None
        try:
            self._open(task)
        except Exception as error:
            self._in_session = False
            self._show_problem(as_user_error(error))
            self._show_state()

    def _show_problem(self, error: UserError) -> None:
        self.message_bar.show_message(error, topic=_STUDIO)

    def _show_state(self) -> None:
        state = self._studio.state if self._in_session and self._studio is not None else None
        spoken = () if state is None else state.spoken
        text = self._script.next(spoken) if self._in_session else None
        self.form.setVisible(not self._in_session)
        self.session_button.setText(self.tr("&Stop") if self._in_session else self.tr("&Start"))
        set_role(self.session_button, "" if self._in_session else "primary")
        recording = state is not None and state.recording
        self._show_sentence(self._written.get(text, text) if text is not None else "")
        self.progress.setText(self._progress_text(state))
        finished = state is not None and text is None
        self.train_button.setVisible(not self._in_session or finished)
        self.train_button.setEnabled(finished or self.form.has_recordings)
        self.preview.setVisible(not finished)
        self.record_button.setText(self.tr("■ Done speaking") if recording else self.tr("● Speak"))
        for button in (self.again_button, self.skip_button, self.record_button):
            button.setVisible(self._in_session)
        self.record_button.setEnabled(text is not None)
        self.again_button.setEnabled(not recording and bool(spoken))
        self.skip_button.setEnabled(text is not None and not recording)

    def _show_sentence(self, text: str) -> None:
        if text != self.sentence.text():
            self.sentence.setText(text)
            announce(self.sentence, text)
        self.sentence.setVisible(bool(text))

    def _progress_text(self, state: StudioState | None) -> str:
        if state is None:
            return self.tr("Speak the sentences one by one in your usual way, aloud or silently.")
        done, count = self._script.done(state.spoken), len(self._script)
        if done == count:
            text = self.tr(
                "All {count} sentences are in {folder}. Train a model on them now, or record more later."
            )
            return text.format(count=count, folder=self.form.folder.text())
        if state.faces != 1:
            text = self.tr("No face in view.") if not state.faces else self.tr("More than one face in view.")
        elif state.recording:
            text = self.tr("Speak now, then press Space.")
        else:
            text = self.tr("Press Space, and speak this sentence:")
        return self.tr("{done} of {count}. {text}").format(done=done, count=count, text=text)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Record sentences"))
        self.again_button.setText(self.tr("&Undo last"))
        self.train_button.setText(self.tr("&Train a model…"))
        self.skip_button.setText(self.tr("S&kip"))
        self._show_state()
