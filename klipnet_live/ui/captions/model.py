"""The list model of caption lines, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTime, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from klipnet_live.captions.runs import runs_of, text_of
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.line_painter import ShownLine, not_readable, speaking
from klipnet_live.ui.captions.speakers import SpeakerBook

Index = QModelIndex | QPersistentModelIndex

EventRole: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The newest CaptionEvent of the row; None for a divider."""

TimeRole: Final = EventRole + 1
"""Start time of the line as text."""

_PAUSE_S = 60.0
"""After such a pause a speaker's next line starts a new group with a header."""

MAX_ROWS = 2000
"""Older lines are removed from the window; transcripts keep them."""

_TRIM = 100
"""Number of rows removed at once, because each removal costs a layout."""


class CaptionModel(QStandardItemModel):
    """One row per line. A line that ends without words is removed.

    A divider marks the start of another session, whose times and speakers are independent of those above.

    The rows are Qt's own items, because a list view queries the size of every row at each change, which would
    take 30 µs per row in Python.
    """

    line_changed = Signal(int)
    """A row that is new or whose text has changed, and that must be measured."""

    def __init__(self, speakers: SpeakerBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speakers = speakers
        self._rows: dict[int, QPersistentModelIndex] = {}
        self._divider = ""
        self._by_the_clock = False
        speakers.changed.connect(self._speaker_changed)
        speakers.speakers_replaced.connect(self._speakers_replaced)

    def begin_session(self, title: str, *, by_the_clock: bool = False) -> None:
        """Start a new session, whose line numbers start again; existing rows are no longer updated.

        `by_the_clock`: lines show the time of day, as in a meeting; otherwise the time since the source
        began.
        """
        self._rows.clear()
        self._by_the_clock = by_the_clock
        self._divider = title if self.rowCount() else ""

    def clear(self) -> None:
        self._rows.clear()
        self._divider = ""
        super().clear()

    def apply(self, event: CaptionEvent) -> None:
        """Update the row of an event, including corrections of completed lines."""
        known = self._rows.get(event.line)
        if event.event == "completed" and event.readable and not event.text.strip():
            self._remove(self._rows.pop(event.line, None))
            return
        if known is None or not known.isValid():
            row = self._append(event)
        else:
            row = known.row()
            self._fill(self.item(row), event)
        self.line_changed.emit(row)

    def event_at(self, row: int) -> CaptionEvent:
        event: CaptionEvent = self.item(row).data(EventRole)
        return event

    def is_divider(self, row: int) -> bool:
        return self.item(row).data(EventRole) is None

    def belongs_to(self, row: int, speaker: str) -> bool:
        """Whether the row is a line of this speaker."""
        return not self.is_divider(row) and self.event_at(row).speaker == speaker

    def line_at(self, row: int) -> ShownLine | None:
        """The line shown in a row; None for a divider."""
        if self.is_divider(row):
            return None
        event = self.event_at(row)
        time = self.item(row).data(TimeRole) if event.event == "completed" else self.tr("now")
        return ShownLine(event, self._begins(row), time)

    def _begins(self, row: int) -> bool:
        """Whether the line starts a new group."""
        above = row - 1
        while above >= 0 and not self.is_divider(above) and self._is_hidden(above):
            above -= 1
        if above < 0 or self.is_divider(above):
            return True
        before, event = self.event_at(above), self.event_at(row)
        return before.speaker != event.speaker or event.start_s - before.end_s > _PAUSE_S

    def _is_hidden(self, row: int) -> bool:
        return self._speakers.is_hidden(self.event_at(row).speaker)

    def _remove(self, known: QPersistentModelIndex | None) -> None:
        """Remove an empty line; the line below it may now start a group."""
        if known is not None:
            row = known.row()
            self.removeRow(row)
            if row < self.rowCount():
                self.line_changed.emit(row)

    def _time(self, event: CaptionEvent) -> str:
        if self._by_the_clock:
            return QTime.currentTime().toString("HH:mm")
        return f"{int(event.start_s) // 60}:{int(event.start_s) % 60:02d}"

    def _append_divider(self) -> None:
        if self.is_divider(self.rowCount() - 1):
            # All lines below that divider were empty.
            self.removeRow(self.rowCount() - 1)
        item = QStandardItem(self._divider)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._divider = ""
        self.appendRow(item)
        self.line_changed.emit(item.row())

    def _append(self, event: CaptionEvent) -> int:
        if self.rowCount() >= MAX_ROWS:
            self.removeRows(0, _TRIM)
            self.line_changed.emit(0)
            self._rows = {line: index for line, index in self._rows.items() if index.isValid()}
        if self._divider:
            self._append_divider()
        item = QStandardItem()
        item.setData(self._time(event), TimeRole)
        self._fill(item, event)
        self.appendRow(item)
        self._rows[event.line] = QPersistentModelIndex(item.index())
        return self.rowCount() - 1

    def _fill(self, item: QStandardItem, event: CaptionEvent) -> None:
        item.setData(event, EventRole)
        item.setText(self._spoken(event))
        # The editor is read-only; it is opened to select a part of the text.
        item.setEditable(event.event == "completed")

    def _spoken(self, event: CaptionEvent) -> str:
        """The line as text for copying and screen readers."""
        words = runs_of(event.committed, event.tentative, event.words)
        text = (text_of(words) or speaking()) if event.readable else not_readable()
        return f"{self._speakers.name(event.speaker)}: {text}"

    def _speakers_replaced(self) -> None:
        for row, event in self._events():
            former = replace(event, speaker=self._speakers.former_id(event.speaker))
            self.item(row).setData(former, EventRole)

    def _speaker_changed(self, speaker: str) -> None:
        for row, event in self._events():
            if event.speaker == speaker:
                self.item(row).setText(self._spoken(event))
                self.line_changed.emit(row)

    def _events(self) -> Iterator[tuple[int, CaptionEvent]]:
        for row in range(self.rowCount()):
            if not self.is_divider(row):
                yield row, self.event_at(row)
