"""A table of the lines of one session."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from klipnet_live.export.subtitles import clock
from klipnet_live.transcripts.session_file import StoredLine
from klipnet_live.ui.transcripts.found_words import FoundWords
from klipnet_live.ui.transcripts.pane import Keys, execute_command

_TIME, _NAME, _TEXT, _CONFIDENCE = range(4)

_LOW_CONFIDENCE = 0.5


class LineTable(QTableWidget):
    """Time, speaker, text and confidence. Ctrl+C copies, F2 or Enter edits, Delete requests deletion."""

    corrected = Signal(int, str)
    """The id of the line and its new text."""

    renamed = Signal(str, str)
    """The id of the speaker and the new name."""

    delete_requested = Signal()

    current_line = Signal(int)
    """The id of the line that became current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._lines: Sequence[StoredLine] = ()
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(left)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        # Qt does not update row heights when only the column width changes.
        self._fit_rows = QTimer(self, singleShot=True, interval=0)
        self._fit_rows.timeout.connect(self.resizeRowsToContents)
        self.horizontalHeader().sectionResized.connect(lambda: self._fit_rows.start())
        self.currentCellChanged.connect(self._current_cell_changed)
        self.itemChanged.connect(self._item_edited)
        self._highlighter = FoundWords(self)
        self.setItemDelegateForColumn(_TEXT, self._highlighter)
        self._retranslate()

    @property
    def selected_ids(self) -> list[int]:
        """The ids of the selected lines, top to bottom."""
        return [self._lines[row].id for row in self._selected_rows()]

    @property
    def current(self) -> StoredLine | None:
        """The current line, or None."""
        row = self.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show_lines(self, lines: Sequence[StoredLine], found: Collection[int], query: str = "") -> None:
        """Show lines. Selects those whose ids are in `found` and scrolls to the first of them.

        `query`: the search text to highlight.
        """
        self._highlighter.query = query
        with QSignalBlocker(self):
            self.setRowCount(len(lines))
            for row, stored in enumerate(lines):
                self._fill(row, stored)
        self._lines = lines
        self.clearSelection()
        self._select([row for row, stored in enumerate(lines) if stored.id in found])

    def copy_selected(self) -> None:
        """Copy the selected lines to the clipboard, each with its speaker."""
        index = self.model().index
        rows = self._selected_rows()
        texts = [f"{index(row, _NAME).data()}: {index(row, _TEXT).data()}" for row in rows]
        QApplication.clipboard().setText("\n".join(texts))

    def correct_current(self) -> None:
        """Edit the text of the current line in place."""
        if self.currentRow() >= 0:
            self.edit(self.model().index(self.currentRow(), _TEXT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        commands: Keys = {
            QKeySequence.StandardKey.Copy: self.copy_selected,
            Qt.Key.Key_Delete: self.delete_requested.emit,
            **dict.fromkeys((Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter), self.correct_current),
        }
        if not execute_command(event, commands):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def name_current(self) -> None:
        """Edit the speaker's name of the current line in place."""
        if self.currentRow() >= 0:
            self.edit(self.model().index(self.currentRow(), _NAME))

    def _item_edited(self, item: QTableWidgetItem) -> None:
        stored = self._lines[item.row()]
        if item.column() == _NAME:
            self.renamed.emit(stored.line.speaker, item.text().strip())
        else:
            self.corrected.emit(stored.id, item.text())

    def _current_cell_changed(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self.current_line.emit(self._lines[row].id)

    def _fill(self, row: int, stored: StoredLine) -> None:
        line = stored.line
        confidence = f"{round(100 * line.confidence)} %" if line.readable else ""
        if line.readable and line.confidence < _LOW_CONFIDENCE:
            confidence = self.tr("low, {percent} %").format(percent=round(100 * line.confidence))
        texts = {_TIME: clock(line.start_s), _NAME: line.name, _TEXT: line.text, _CONFIDENCE: confidence}
        for column, text in texts.items():
            item = QTableWidgetItem(text)
            if column not in (_NAME, _TEXT):
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.setItem(row, column, item)

    def _select(self, rows: Sequence[int]) -> None:
        selection = QItemSelection()
        for row in rows:
            selection.select(self.model().index(row, _TIME), self.model().index(row, _CONFIDENCE))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            first = self.model().index(rows[0], _TEXT)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)

    def _selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Lines of the session"))
        self.setHorizontalHeaderLabels(
            [self.tr("Time"), self.tr("Speaker"), self.tr("Text"), self.tr("Confidence")]
        )
