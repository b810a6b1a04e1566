"""A table of the phrases of a profile, with the number of takes and how reliably each is recognised."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from klipnet_live.phrases.check import PhraseReport
from klipnet_live.phrases.profile import Profile

_TEXT, _TAKES, _RESULT = range(3)


class PhraseTable(QTableWidget):
    """One row per phrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._reports: dict[str, PhraseReport] = {}
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        self._retranslate()

    @property
    def chosen(self) -> list[str]:
        """The phrases of the selected rows."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [self._cell(row, _TEXT).text() for row in rows]

    def show_profile(self, profile: Profile | None) -> None:
        phrases = () if profile is None else profile.phrases
        self.setRowCount(len(phrases))
        for row, text in enumerate(phrases):
            self._cell(row, _TEXT).setText(text)
            self._cell(row, _TAKES).setText(str(len(profile.takes_of(text))) if profile else "")
        self._show_reports()

    def show_reports(self, reports: Sequence[PhraseReport]) -> None:
        self._reports = {report.text: report for report in reports}
        self._show_reports()

    def choose(self, text: str | None) -> None:
        """Select the row of a phrase."""
        for row in range(self.rowCount()):
            if self._cell(row, _TEXT).text() == text:
                self.selectRow(row)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_reports()
        super().changeEvent(event)

    def _show_reports(self) -> None:
        for row in range(self.rowCount()):
            report = self._reports.get(self._cell(row, _TEXT).text())
            self._cell(row, _RESULT).setText(self._result_text(report) if report and report.tried else "")

    def _result_text(self, report: PhraseReport) -> str:
        """Describe the leave-one-out check: how many takes are recognised from the other takes."""
        correct = self.tr("{right} of {tried}").format(right=report.right, tried=report.tried)
        if not report.taken_for:
            return correct
        confused = self.tr("confused with {phrases}").format(phrases=", ".join(report.taken_for))
        return f"{correct}, {confused}"

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.setItem(row, column, item)
        return item

    def _retranslate(self) -> None:
        self.setHorizontalHeaderLabels([self.tr("Phrase"), self.tr("Takes"), self.tr("Correct")])
        self.setAccessibleName(self.tr("Phrases"))
