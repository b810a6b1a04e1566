"""Caption lines as rows, oldest first."""

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
"""The newest CaptionEvent of the row; none where the row is a divider."""

TimeRole: Final = EventRole + 1
"""When the line began, as it is written beside the name."""

_PAUSE_S = 60.0
"""Who goes on after such a pause is named again, with the new time."""

MOST_ROWS = 2000
"""Older lines leave the window; keeping them for good is the transcript's task."""

_TRIM = 100
"""Rows that leave at once, because each removal costs a layout."""


class CaptionModel(QStandardItemModel):
    """One row a line. A line without a word in it when it ends leaves no row.

    A divider says where another session begins, whose clock and speakers have nothing to do with those
    above it.

    The rows are Qt's own items, because a list view asks every row for its size at each change:
    answers from Python would take 30 µs a row.
    """

    line_changed = Signal(int)
    """The row whose text has changed, or is new, and has to be measured."""

    def __init__(self, speakers: SpeakerBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speakers = speakers
        self._rows: dict[int, QPersistentModelIndex] = {}
        self._divider = ""
        self._by_the_clock = False
        speakers.changed.connect(self._speaker_changed)
        speakers.others_come.connect(self._others_come)

    def begin_session(self, title: str, *, by_the_clock: bool = False) -> None:
        """Line numbers start again: rows that are there stay, and none of them is written to again.

        `by_the_clock`: lines bear the time of day, as in a meeting; else the time since the source began.
        """
        self._rows.clear()
        self._by_the_clock = by_the_clock
        self._divider = title if self.rowCount() else ""

    def clear(self) -> None:
        self._rows.clear()
        self._divider = ""
        super().clear()

    def apply(self, event: CaptionEvent) -> None:
        """Writes one event into its row, also one that corrects a line after its end."""
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

    def is_of(self, row: int, speaker: str) -> bool:
        """Whether it is a line of this speaker."""
        return not self.is_divider(row) and self.event_at(row).speaker == speaker

    def line_at(self, row: int) -> ShownLine | None:
        """What is shown in a row; None where it is a divider."""
        if self.is_divider(row):
            return None
        event = self.event_at(row)
        time = self.item(row).data(TimeRole) if event.event == "completed" else self.tr("now")
        return ShownLine(event, self._begins(row), time)

    def _begins(self, row: int) -> bool:
        """Whether the line does not go on from the one above it."""
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
        """A line in which nothing was said; the one below it may begin a group now."""
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
            # The lines below it had no words.
            self.removeRow(self.rowCount() - 1)
        item = QStandardItem(self._divider)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._divider = ""
        self.appendRow(item)
        self.line_changed.emit(item.row())

    def _append(self, event: CaptionEvent) -> int:
        if self.rowCount() >= MOST_ROWS:
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
        # The editor is read-only: opening it is how a part of the text is selected.
        item.setEditable(event.event == "completed")

    def _spoken(self, event: CaptionEvent) -> str:
        """The line as it is copied and read aloud."""
        words = runs_of(event.committed, event.tentative, event.words)
        text = (text_of(words) or speaking()) if event.readable else not_readable()
        return f"{self._speakers.name(event.speaker)}: {text}"

    def _others_come(self) -> None:
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
