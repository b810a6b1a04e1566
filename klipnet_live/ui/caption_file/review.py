"""The review dialog: captions next to the video, to correct them before burning in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.transcripts.session_file import StoredLine
from klipnet_live.ui.transcripts.line_table import LineTable
from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.plain import PlainLabel
from klipnet_live.ui.widgets.splitter import ResponsiveSplitter
from klipnet_live.ui.widgets.video_player import VideoPlayer


class ReviewDialog(Dialog):
    """F2 or a double click edits a line, Delete removes it; the video shows the selected line."""

    size_at_full = QSize(980, 600)

    approved = Signal(object)
    """The approved lines, a tuple of CaptionLine."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[int, CaptionLine] = {}
        self._intro = PlainLabel(wordWrap=True)
        self.player = VideoPlayer()
        self.table = LineTable()
        self.table.corrected.connect(self._correct)
        self.table.renamed.connect(self._rename)
        self.table.delete_requested.connect(self._delete)
        self.table.current_line.connect(self._show_line)
        self.delete_button = QPushButton(autoDefault=False)
        self.delete_button.clicked.connect(self._delete)
        self.cancel_button = QPushButton(autoDefault=False)
        self.cancel_button.clicked.connect(self.reject)
        self.approve_button = QPushButton(autoDefault=False)
        self.approve_button.setProperty("role", "primary")
        self.approve_button.clicked.connect(self._approve)
        buttons = QHBoxLayout()
        buttons.addWidget(self.delete_button)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.approve_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._intro)
        layout.addWidget(ResponsiveSplitter(self.player, self.table, above=(1, 1)), stretch=1)
        layout.addLayout(buttons)
        self.finished.connect(self.player.stop)
        self.retranslate()

    def review(self, video: str, lines: Sequence[CaptionLine]) -> None:
        """Open with these lines; ends with `approved` or `rejected`."""
        self._lines = dict(enumerate(lines))
        self._fill()
        self.player.open(video)
        self.show()
        self.raise_()
        self.table.setFocus()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Check the captions"))
        self._intro.setText(
            self.tr("Burned-in captions cannot be changed later: correct or delete mistakes now.")
        )
        self.delete_button.setText(self.tr("Delete &lines"))
        self.cancel_button.setText(self.tr("&Cancel"))
        self.approve_button.setText(self.tr("&Burn in"))

    def _fill(self) -> None:
        stored = [StoredLine(number, line) for number, line in self._lines.items()]
        self.table.show_lines(stored, (), keep_place=True)

    def _correct(self, number: int, text: str) -> None:
        # Text entered by the user is certain.
        self._lines[number] = replace(self._lines[number], text=text, confidence=1.0)

    def _rename(self, speaker: str, name: str) -> None:
        """Rename a speaker in all lines; without a name, it stays as it was."""
        for number, line in self._lines.items():
            if name and line.speaker == speaker:
                self._lines[number] = replace(line, name=name)
        self._fill()

    def _delete(self) -> None:
        for number in self.table.selected_ids:
            del self._lines[number]
        self._fill()

    def _show_line(self, number: int) -> None:
        if number in self._lines:
            self.player.show_at(self._lines[number].start_s)

    def _approve(self) -> None:
        self.accept()
        self.approved.emit(tuple(line for line in self._lines.values() if line.text.strip()))
