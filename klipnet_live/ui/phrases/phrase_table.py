"""The phrases of a profile: how often each was shown, and how surely it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from klipnet_live.phrases.check import PhraseReport
from klipnet_live.phrases.profile import Profile

_TEXT, _TAKES, _RIGHT = range(3)


class PhraseTable(QTableWidget):
    """One row a phrase."""

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
        """The phrases of the rows that are selected."""
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
        """Selects the row of a phrase."""
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
            self._cell(row, _RIGHT).setText(self._judgement(report) if report and report.tried else "")

    def _judgement(self, report: PhraseReport) -> str:
        """How many of its own takes the others read."""
        told = self.tr("{right} of {tried}").format(right=report.right, tried=report.tried)
        if not report.taken_for:
            return told
        mistaken = self.tr("taken for {phrases}").format(phrases=", ".join(report.taken_for))
        return f"{told}, {mistaken}"

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.setItem(row, column, item)
        return item

    def _retranslate(self) -> None:
        self.setHorizontalHeaderLabels([self.tr("Phrase"), self.tr("Takes"), self.tr("Read right")])
        self.setAccessibleName(self.tr("Phrases"))
