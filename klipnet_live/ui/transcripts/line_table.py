"""A table of the lines of one session."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget

from klipnet_live.transcripts.session_file import StoredLine
from klipnet_live.ui.transcripts.found_words import FoundWords
from klipnet_live.ui.transcripts.line_model import CONFIDENCE, NAME, TEXT, TIME, Index, LineModel
from klipnet_live.ui.transcripts.pane import Keys, execute_command

_MEASURED_ROWS = 100
"""Rows that determine the widths of the columns."""


class LineTable(QTableView):
    """Time, speaker, text and confidence. Ctrl+C copies, F2 or Enter edits, Delete requests deletion.

    Rows get the height of their text when they come into view: measuring all lines of an hour takes seconds.
    """

    corrected = Signal(int, str)
    """The id of the line and its new text."""

    renamed = Signal(str, str)
    """The id of the speaker and the new name."""

    delete_requested = Signal()

    current_line = Signal(int)
    """The id of the line that became current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = LineModel(self)
        self._lines.corrected.connect(self.corrected)
        self._lines.renamed.connect(self.renamed)
        self.setModel(self._lines)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_visible_rows)
        header.sectionResized.connect(lambda: self._fit.start())
        self._lines.dataChanged.connect(lambda: self._fit.start())
        self.verticalScrollBar().valueChanged.connect(self._fit_visible_rows)
        self._highlighter = FoundWords(self)
        for column in (NAME, TEXT):
            self.setItemDelegateForColumn(column, self._highlighter)
        self._retranslate()

    @property
    def selected_ids(self) -> list[int]:
        """The ids of the selected lines, top to bottom."""
        return [self._lines.lines[row].id for row in self._selected_rows()]

    @property
    def current(self) -> StoredLine | None:
        """The current line, or None."""
        row = self.currentIndex().row()
        return self._lines.lines[row] if row >= 0 else None

    def show_lines(
        self,
        lines: Sequence[StoredLine],
        found: Collection[int],
        query: str = "",
        *,
        keep_place: bool = False,
    ) -> None:
        """Show lines. Selects those whose ids are in `found` and scrolls to the first of them.

        `query`: the search text to highlight. `keep_place`: keep the current row and the scroll position.
        """
        self._highlighter.query = query
        row, top = (self.currentIndex().row(), self.verticalScrollBar().value()) if keep_place else (-1, 0)
        self._lines.show_lines(lines)
        # The position is known once the last rows have their heights.
        self._fit_rows(range(len(lines) - 1, -1, -1))
        self._make_current(min(row, len(lines) - 1))
        self.verticalScrollBar().setValue(top)
        self._fit_visible_rows()
        self._select([row for row, stored in enumerate(lines) if stored.id in found])

    def copy_selected(self) -> None:
        """Copy the selected lines to the clipboard, each with its speaker."""
        selected = [self._lines.lines[row].line for row in self._selected_rows()]
        QApplication.clipboard().setText("\n".join(f"{line.name}: {line.text}" for line in selected))

    def correct_current(self) -> None:
        """Edit the text of the current line in place."""
        self._edit(TEXT)

    def name_current(self) -> None:
        """Edit the speaker's name of the current line in place."""
        self._edit(NAME)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit.start()

    def sizeHintForColumn(self, column: int) -> int:
        """The widest value, but long names leave two thirds of their common width to the text."""
        widest = super().sizeHintForColumn(column)
        if column != NAME:
            return widest
        header = self.horizontalHeader()
        others = sum(
            max(self.sizeHintForColumn(other), header.sectionSizeHint(other)) for other in (TIME, CONFIDENCE)
        )
        return max(min(widest, (self.viewport().width() - others) // 3), 0)

    def scrollTo(
        self, index: Index, hint: QTableView.ScrollHint = QTableView.ScrollHint.EnsureVisible
    ) -> None:
        self._fit_rows(range(index.row(), -1, -1))
        super().scrollTo(index, hint)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.current_line.emit(self._lines.lines[current.row()].id)

    def _edit(self, column: int) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self.edit(self._lines.index(row, column))

    def _fit_visible_rows(self) -> None:
        self._fit_rows(range(max(self.rowAt(0), 0), self._lines.rowCount()))

    def _fit_rows(self, rows: Iterable[int]) -> None:
        """Fit the heights of these rows to their text, until they fill the view."""
        left = self.viewport().height()
        for row in rows:
            self.resizeRowToContents(row)
            left -= self.rowHeight(row)
            if left < 0:
                return

    def _make_current(self, row: int) -> None:
        index = self._lines.index(row, TEXT) if row >= 0 else QModelIndex()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _select(self, rows: Sequence[int]) -> None:
        selection = QItemSelection()
        for first, last in _runs(rows):
            selection.select(self._lines.index(first, TIME), self._lines.index(last, CONFIDENCE))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            self._make_current(rows[0])
            self.scrollTo(self._lines.index(rows[0], TEXT))

    def _selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Lines of the session"))
        self._lines.retranslate()


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last rows of each run of neighbours; `rows` is sorted."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
