"""Compares the results of two models for the same sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from klipnet_live.recording.training import ComparedSentence

_ROWS = 5


class ComparisonTable(QTableWidget):
    """One row per sentence; correct results have a tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self._retranslate()

    def show_readings(self, readings: Sequence[ComparedSentence]) -> None:
        self.setRowCount(len(readings))
        for row, reading in enumerate(readings):
            texts = (
                reading.truth,
                *(_marked(read, reading.truth) for read in (reading.before, reading.after)),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(row, column, item)
        self.resizeRowsToContents()
        self.setMinimumHeight(
            min(_ROWS, max(1, len(readings)) + 1) * self.verticalHeader().defaultSectionSize()
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setHorizontalHeaderLabels([self.tr("Said"), self.tr("Before"), self.tr("After training")])
        self.setAccessibleName(self.tr("Held-out sentences"))


def _marked(read: str, truth: str) -> str:
    return f"✓ {read}" if read == truth else read or "–"
