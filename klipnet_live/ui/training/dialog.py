"""The dialog for training a personal model: explanation, progress, and comparison with the current model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from klipnet_live.assets import is_frozen
from klipnet_live.recording import training
from klipnet_live.recording.training import TrainingRun, TrainingState, TrainingTask
from klipnet_live.types import UserError
from klipnet_live.ui.training.comparison import ComparisonTable
from klipnet_live.ui.training.texts import (
    about_phrases,
    about_sentences,
    how_to_install,
    result_text,
    state_text,
)
from klipnet_live.ui.widgets.announcer import announce
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.form_rows import with_button
from klipnet_live.ui.widgets.message_bar import MessageBar
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.scrolled import ScrolledColumn

_POLL_MS = 200
_STEPS = 1000

_SHARES = {
    "starting": (0.0, 0.02),
    "preparing": (0.02, 0.2),
    "training": (0.2, 0.97),
    "comparing": (0.97, 1.0),
}
"""Start and end of each stage on the progress bar, as fractions."""


@dataclass(frozen=True, slots=True)
class TrainingOffer:
    """Data to train on. `prepare` creates the task when training starts, and may raise UserError.

    `count`: number of sentences or phrases. `phrases`: whether they come from a phrase profile.
    """

    prepare: Callable[[], TrainingTask]
    count: int
    phrases: bool = False


class TrainingDialog(Dialog):
    """Runs one training at a time. It continues while the dialog is closed and stops with the app."""

    size_at_full = QSize(620, 520)

    model_requested = Signal(str)
    """The name of the model that the user wants to use."""

    finished_in_background = Signal(str)
    """The result of a training that ended while the dialog was closed."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        open_run: Callable[[TrainingTask], TrainingRun] = TrainingRun,
        is_installed: Callable[[], bool] = training.is_installed,
    ) -> None:
        super().__init__(parent)
        self._open_run, self._is_installed = open_run, is_installed
        self._offer: TrainingOffer | None = None
        self._run: TrainingRun | None = None
        self._state: TrainingState | None = None
        self._installed = True
        self.message_bar = MessageBar()
        self.about, self.how = PlainLabel(wordWrap=True), PlainLabel(wordWrap=True)
        self.command = QLineEdit(readOnly=True)
        self.copy_button = QPushButton(autoDefault=False)
        self.progress = QProgressBar(maximum=_STEPS, textVisible=False)
        self.state_text = PlainLabel(wordWrap=True)
        self.result_text = PlainLabel(wordWrap=True)
        self.result_text.setProperty("role", "heading")
        self.readings = ComparisonTable()
        self.close_button = QPushButton(autoDefault=False)
        self.stop_button = QPushButton(autoDefault=False)
        self.use_button = QPushButton(autoDefault=False)
        self.train_button = QPushButton(autoDefault=False)
        for button in (self.train_button, self.use_button):
            button.setProperty("role", "primary")
        self._poll = QTimer(self, interval=_POLL_MS)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def running(self) -> bool:
        return self._run is not None

    def offer(self, offer: TrainingOffer) -> None:
        """Open the dialog for this data, or for the running training if there is one."""
        if self._run is None:
            self._offer, self._state = offer, None
            self._installed = self._is_installed()
            self.message_bar.dismiss()
        self.retranslate()
        self.show()
        self.raise_()

    def finish(self, timeout_s: float) -> None:
        """Stop the training when the app quits. It can be resumed later."""
        self._poll.stop()
        if self._run is not None:
            self._run.stop()
            self._run.join(timeout_s)
            self._run = None

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Train a model of your own"))
        self.copy_button.setText(self.tr("&Copy"))
        self.close_button.setText(self.tr("Close"))
        self.stop_button.setText(self.tr("&Stop training"))
        self.use_button.setText(self.tr("&Use this model"))
        self.train_button.setText(self.tr("&Train now"))
        self.progress.setAccessibleName(self.tr("Progress"))
        self.command.setAccessibleName(self.tr("Command that installs what training needs"))
        self.how.setText(how_to_install())
        self.command.setText(training.install_command())
        self.command.setCursorPosition(0)
        self.about.setText(self._about())
        self._show_state()

    def _lay_out(self) -> None:
        self.copying = with_button(self.command, self.copy_button)
        scrolled = ScrolledColumn()
        for part in (self.message_bar, self.about, self.how, self.copying, self.progress, self.state_text):
            scrolled.column.addWidget(part)
        scrolled.column.addWidget(self.result_text)
        scrolled.column.addWidget(self.readings, stretch=1)
        scrolled.column.addStretch()
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.close_button, self.stop_button, self.train_button, self.use_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled, stretch=1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.command.text()))
        self.close_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(self._stop)
        self.train_button.clicked.connect(self._train)
        self.use_button.clicked.connect(self._use)
        self._poll.timeout.connect(self._update)

    def _train(self) -> None:
        if self._offer is None or self._run is not None:
            return
        try:
            task = self._offer.prepare()
        except UserError as error:
            self.message_bar.show_message(error)
            return
        self.message_bar.dismiss()
        self._run = self._open_run(task)
        self._run.start()
        self._poll.start()
        self._update()

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self.stop_button.setEnabled(False)

    def _update(self) -> None:
        if self._run is None:
            return
        self._state = self._run.state
        if not self._state.running:
            self._run = None
            self._poll.stop()
            self.stop_button.setEnabled(True)
            self._report_end(self._state)
        self._show_state()

    def _report_end(self, state: TrainingState) -> None:
        if state.problem is not None:
            self.message_bar.show_message(state.problem)
        text = result_text(state.result) if state.result is not None else ""
        if text and self.isVisible():
            announce(self, text)
        elif text:
            self.finished_in_background.emit(text)

    def _use(self) -> None:
        if self._state is None or self._state.result is None:
            return
        try:
            name = training.adopt(self._state.result.model)
        except UserError as error:
            self.message_bar.show_message(error)
            return
        self.model_requested.emit(name)
        self.accept()

    def _show_state(self) -> None:
        state = self._state
        running = self._run is not None
        result = state.result if state is not None else None
        missing = not self._installed and not running
        self.about.setVisible(result is None)
        self.how.setVisible(missing)
        self.copying.setVisible(missing and not is_frozen())
        self.progress.setVisible(running)
        self.state_text.setText("" if state is None else state_text(state))
        self.state_text.setVisible(bool(self.state_text.text()))
        self.result_text.setVisible(result is not None)
        self.readings.setVisible(result is not None)
        self.stop_button.setVisible(running)
        self.train_button.setVisible(not running and result is None)
        self.train_button.setEnabled(self._installed)
        self.use_button.setVisible(result is not None and result.is_better)
        if state is not None:
            first, last = _SHARES.get(state.stage, (0.0, 1.0))
            part = first + (last - first) * state.done / max(1, state.total)
            self.progress.setValue(round(part * _STEPS))
        if result is not None:
            self.result_text.setText(result_text(result))
            self.readings.show_readings(result.readings)

    def _about(self) -> str:
        if self._offer is None:
            return ""
        about = about_phrases if self._offer.phrases else about_sentences
        return about(self._offer.count)
