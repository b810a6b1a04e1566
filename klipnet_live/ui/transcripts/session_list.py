"""A list of the stored sessions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QEvent, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from klipnet_live.transcripts.session_file import Session
from klipnet_live.ui.transcripts.pane import Keys, execute_command
from klipnet_live.ui.transcripts.titles import shown_title


class SessionList(QTreeWidget):
    """Title, start time and number of lines. F2 renames, Delete requests deletion."""

    chosen = Signal(str)
    """The id of the selected session, or "" if there is none."""

    renamed = Signal(str, str)
    """The id of the session and its new title."""

    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self.setColumnCount(3)
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setMinimumSectionSize(80)
        self.currentItemChanged.connect(lambda: self.chosen.emit(self.current_id))
        self.itemChanged.connect(lambda item: self.renamed.emit(self.current_id, item.text(0)))
        self._retranslate()

    @property
    def current_id(self) -> str:
        """The id of the selected session, or ""."""
        row = self.currentIndex().row()
        return self._ids[row] if row >= 0 else ""

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Show sessions. The selection is kept if it still exists."""
        chosen = self.current_id
        with QSignalBlocker(self):
            self.clear()
            self.addTopLevelItems([_item(session) for session in sessions])
        self._ids = [session.id for session in sessions]
        self.choose(chosen)

    def choose(self, session_id: str) -> None:
        """Select a session, or the first one if it does not exist."""
        row = self._ids.index(session_id) if session_id in self._ids else 0
        with QSignalBlocker(self):
            self.setCurrentIndex(self.model().index(row, 0))
        self.chosen.emit(self.current_id)

    def rename_current(self) -> None:
        """Edit the title of the selected session in place."""
        if self.current_id:
            self.edit(self.currentIndex().siblingAtColumn(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        commands: Keys = {Qt.Key.Key_F2: self.rename_current, Qt.Key.Key_Delete: self.delete_requested.emit}
        if not execute_command(event, commands):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Sessions"))
        self.setHeaderLabels([self.tr("Title"), self.tr("Started"), self.tr("Lines")])


def _item(session: Session) -> QTreeWidgetItem:
    started = QDateTime.fromSecsSinceEpoch(int(session.header.started.timestamp()))
    shown = QLocale().toString(started, QLocale.FormatType.ShortFormat)
    item = QTreeWidgetItem([shown_title(session.header), shown, str(len(session.lines))])
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    return item
