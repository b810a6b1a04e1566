"""The lines of one session as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from klipnet_live.export.subtitles import clock
from klipnet_live.transcripts.session_file import StoredLine

COLUMNS = range(4)
TIME, NAME, TEXT, CONFIDENCE = COLUMNS

_LOW_CONFIDENCE = 0.5

Index = QModelIndex | QPersistentModelIndex


class LineModel(QAbstractTableModel):
    """Time, speaker, text and confidence; speaker and text can be edited.

    A model and not a table of items: Qt takes minutes to fill one with an hour of captions.
    """

    corrected = Signal(int, str)
    """The id of the line and its new text."""

    renamed = Signal(str, str)
    """The id of the speaker and the new name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[StoredLine] = ()

    def show_lines(self, lines: Sequence[StoredLine]) -> None:
        """Replace all lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = index.column() in (NAME, TEXT)
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag(0))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole) or not index.isValid():
            return None
        line = self.lines[index.row()].line
        column = index.column()
        if column != CONFIDENCE:
            return {TIME: clock(line.start_s), NAME: line.name, TEXT: line.text}[column]
        if not line.readable:
            return ""
        percent = round(100 * line.confidence)
        if line.confidence < _LOW_CONFIDENCE:
            return self.tr("low, {percent} %").format(percent=percent)
        return f"{percent} %"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        row, text = index.row(), str(value)
        stored = self.lines[row]
        names = index.column() == NAME
        changed = replace(stored.line, name=text.strip()) if names else replace(stored.line, text=text)
        if changed == stored.line:
            return False
        self.lines = (*self.lines[:row], replace(stored, line=changed), *self.lines[row + 1 :])
        self.dataChanged.emit(index, index)
        if names:
            self.renamed.emit(changed.speaker, changed.name)
        else:
            self.corrected.emit(stored.id, text)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return super().headerData(section, orientation, role)
        return (self.tr("Time"), self.tr("Speaker"), self.tr("Text"), self.tr("Confidence"))[section]

    def retranslate(self) -> None:
        """Show headers and values in the new interface language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, TIME, CONFIDENCE)
        if self.lines:
            self.dataChanged.emit(self.index(0, CONFIDENCE), self.index(len(self.lines) - 1, CONFIDENCE))
