"""The dialog “Caption a video to a file”."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.errors import as_user_error
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.types import UserError
from klipnet_live.ui.caption_file.tasks import target_beside, task_of
from klipnet_live.ui.core.pipeline_port import JobFactory, JobLike
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.sources.dropped import videos_in
from klipnet_live.ui.text.error_texts import message_text
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.file_formats import FORMATS, Format
from klipnet_live.ui.widgets.message_bar import MessageAction, MessageBar
from klipnet_live.ui.widgets.plain import PlainLabel, agrees
from klipnet_live.ui.widgets.save_dialog import ask_where_to_save
from klipnet_live.ui.widgets.scrolled import ScrolledColumn
from klipnet_live.ui.widgets.video_dialog import ask_for_video

if TYPE_CHECKING:
    from klipnet_live.ui.caption_file.review import ReviewDialog

_POLL_MS = 100
_STEPS = 1000
_TIMEOUT_S = 2.0
_JOB = "job"
"""Topic of messages about a job; they are removed when the next job starts."""


class CaptionFileDialog(Dialog):
    """Captions videos with the language, model and phrases that are selected in the main window."""

    size_at_full = QSize(620, 320)

    watch_requested = Signal(str)
    """A video to play with captions in the main window."""

    def __init__(
        self, open_job: JobFactory, settings_store: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._open_job = open_job
        self._settings_store = settings_store
        self._job: JobLike | None = None
        self._cancelling = False
        self._video = self._target = Path()
        self._batch: tuple[Path, ...] = ()
        self._waiting: list[Path] = []
        self._needs_review = False
        self.review: ReviewDialog | None = None
        self.message_bar = MessageBar()
        self.video = QLineEdit()
        self.browse_button = QPushButton("…", autoDefault=False)
        self.formats = QComboBox()
        self.formats.addItems([kind.text for kind in FORMATS])
        self.progress = QProgressBar(maximum=_STEPS, textVisible=False)
        self.stage = PlainLabel(wordWrap=True)
        self.start_button = QPushButton(default=True)
        self.start_button.setProperty("role", "primary")
        self.cancel_button = QPushButton(autoDefault=False)
        self.watch_button = QPushButton(autoDefault=False)
        self._labels = [PlainLabel(), PlainLabel()]
        self._poll = QTimer(self, interval=_POLL_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_running()

    def open_videos(self, paths: Sequence[str]) -> None:
        """Open the dialog with these videos and folders of videos, or without any."""
        videos = videos_in(paths)
        if videos and self._job is None:
            label = self.tr("{count} videos").format(count=len(videos))
            self.video.setText(str(videos[0]) if len(videos) == 1 else label)
            self._batch = tuple(videos) if len(videos) > 1 else ()
        self.show()
        self.raise_()

    def may_close(self) -> bool:
        """Whether no video is being captioned, or the user agrees to stop."""
        if self._job is None or self._cancelling:
            return True
        question = self.tr("Stop captioning {name}? Its captions have not been saved yet.")
        return agrees(self, self.windowTitle(), question.format(name=self._video.name))

    def closeEvent(self, event: QCloseEvent) -> None:
        # The program itself closes the dialog when it ends, without a question.
        if not event.spontaneous():
            self._cancel()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close the dialog, also by its close button or Esc."""
        if self.may_close():
            self._cancel()
            super().reject()

    def _lay_out(self) -> None:
        video = QHBoxLayout()
        video.addWidget(self.video, stretch=1)
        video.addWidget(self.browse_button)
        form = QFormLayout(rowWrapPolicy=QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self._labels[0], video)
        form.addRow(self._labels[1], self.formats)
        for label, field in zip(self._labels, (self.video, self.formats), strict=True):
            label.setBuddy(field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.watch_button)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.start_button)
        scrolled = ScrolledColumn()
        scrolled.column.addWidget(self.message_bar)
        scrolled.column.addLayout(form)
        scrolled.column.addWidget(self.stage)
        scrolled.column.addWidget(self.progress)
        scrolled.column.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.browse_button.clicked.connect(self._browse)
        self.start_button.clicked.connect(self._start)
        self.cancel_button.clicked.connect(self._cancel)
        self._poll.timeout.connect(self._update)
        self.video.textEdited.connect(self._clear_batch)
        self.watch_button.clicked.connect(self._watch)

    def _browse(self) -> None:
        if video := ask_for_video(self):
            self._clear_batch()
            self.video.setText(video)

    def _clear_batch(self) -> None:
        self._batch = ()

    def _watch(self) -> None:
        """Play the video with captions in the main window, in real time."""
        video = str(self._batch[0]) if self._batch else self.video.text().strip()
        if not os.path.isfile(video):
            self._show_message(UserError("Choose a video first."))
            return
        self.close()
        self.watch_requested.emit(video)

    def _start(self) -> None:
        """Ask where to save, and start."""
        self.message_bar.forget(_JOB)
        if self._batch:
            self._waiting = self._batch_to_run()
            self._run_next()
            return
        entered, kind = self.video.text().strip(), self._format
        if not entered:
            self._browse()
            if not (entered := self.video.text().strip()):
                self._show_message(UserError("Choose a video first."))
                return
        video = Path(entered)
        if not os.path.isfile(video):
            self._show_message(UserError("There is no file {path}. Check its name.", path=video))
            return
        name = str(target_beside(video, kind).with_suffix(""))
        target = ask_where_to_save(self, self.tr("Save the captions"), name, [kind])
        if target is not None:
            self.run(task_of(video, target, kind, self._settings_store.settings, review=kind.burn_in))

    def _batch_to_run(self) -> list[Path]:
        """The videos of the batch; those with captions only if the user wants to replace them."""
        existing = [video for video in self._batch if target_beside(video, self._format).exists()]
        question = self.tr("Captions of these videos exist already: {count}. Replace them?")
        if existing and not agrees(self, self.windowTitle(), question.format(count=len(existing))):
            return [video for video in self._batch if video not in existing]
        return list(self._batch)

    def _run_next(self) -> None:
        """Start the next video of a batch; its captions are saved next to it."""
        if not self._waiting:
            return
        video = self._waiting.pop(0)
        target = target_beside(video, self._format)
        self.run(task_of(video, target, self._format, self._settings_store.settings))

    @property
    def _format(self) -> Format:
        return FORMATS[self.formats.currentIndex()]

    def run(self, task: CaptionTask) -> None:
        """Start a task and show its progress."""
        try:
            self._job = self._open_job(task)
        except Exception as error:
            self._show_message(as_user_error(error))
            return
        self._cancelling = False
        self._video, self._target = task.video, task.target
        self._needs_review = True
        self._job.start()
        self._poll.start()
        self._update()

    def finish(self, timeout_s: float = _TIMEOUT_S) -> None:
        """Cancel the job when the app quits, so that no partial file is left."""
        if self._job is not None:
            self._job.cancel()
            self._job.join(timeout_s)

    def _review(self, lines: Sequence[CaptionLine]) -> None:
        # Imported late: most users never need the video player.
        from klipnet_live.ui.caption_file.review import ReviewDialog

        if self.review is None:
            self.review = ReviewDialog(self)
            self.review.approved.connect(self._approve)
            self.review.rejected.connect(self._cancel)
        self.review.review(str(self._video), lines)

    def _approve(self, lines: Sequence[CaptionLine]) -> None:
        if self._job is not None:
            self._job.approve(lines)

    def _cancel(self) -> None:
        if self._job is not None:
            self._cancelling = True
            self._job.cancel()

    def _update(self) -> None:
        """Show the job's progress."""
        if self._job is None:
            return
        state = self._job.state
        if state.stage == "reviewing" and self._needs_review:
            self._needs_review = False
            self._review(state.to_review)
        self.stage.setText(self._stage_text(state))
        self.progress.setValue(round(state.part * _STEPS))
        if state.ended:
            self._poll.stop()
            self._job = None
            self._report_end(state)
            if state.stage == "cancelled":
                self._waiting.clear()
            self._run_next()
        self._show_running()

    def _report_end(self, state: JobState) -> None:
        if state.problem is not None:
            self._show_message(state.problem)
        elif state.stage == "done" and state.lines:
            text = self.tr("Saved as {path}. Lines: {count}.")
            folder = MessageAction(lambda: self.tr("Open folder"), self._open_folder)
            message = text.format(count=state.lines, path=self._target)
            self.message_bar.show_message(message, folder, topic=_JOB)
        elif state.notes:
            self._show_message(state.notes[0])

    def _open_folder(self) -> None:
        """Open the folder in the desktop's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target.absolute().parent)))

    def _show_message(self, message: str | UserError) -> None:
        self.message_bar.show_message(message, topic=_JOB)

    def _stage_text(self, state: JobState) -> str:
        texts = {
            "reading": self.tr("Reading lips: {percent} %"),
            "reviewing": self.tr("Waiting for you to check the captions"),
            "writing": self.tr("Writing the file: {percent} %"),
            "done": self.tr("Done"),
            "cancelled": self.tr("Cancelled. Nothing was saved."),
            "failed": self.tr("Failed"),
        }
        # Without lines, the first note is shown in the message bar instead of success.
        notes = state.notes if state.lines else state.notes[1:]
        percent = round(100 * state.part)
        return "\n".join([texts[state.stage].format(percent=percent), *map(message_text, notes)])

    def _show_running(self) -> None:
        running = self._job is not None
        for widget in (self.video, self.browse_button, self.formats, self.start_button, self.watch_button):
            widget.setEnabled(not running)
        self.cancel_button.setEnabled(running)
        self.progress.setVisible(running)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Caption a video to a file"))
        self._labels[0].setText(self.tr("&Video"))
        self._labels[1].setText(self.tr("&Format"))
        self.video.setAccessibleName(self.tr("Video"))
        self.browse_button.setAccessibleName(self.tr("Choose a video"))
        self.formats.setAccessibleName(self.tr("Format"))
        for row, kind in enumerate(FORMATS):
            self.formats.setItemText(row, f"{kind.text} ({kind.ending})")
        self.progress.setAccessibleName(self.tr("Progress"))
        self.start_button.setText(self.tr("&Save captions…"))
        self.cancel_button.setText(self.tr("&Cancel"))
        self.watch_button.setText(self.tr("&Watch with captions"))
