"""Selects the lines that the overlay shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from klipnet_live.captions.line_break import LineLimits
from klipnet_live.captions.on_screen import OnScreen, SpeakerStyle
from klipnet_live.captions.rows import Row, rows_of
from klipnet_live.settings import OverlaySettings
from klipnet_live.types import CaptionEvent

_HOLD_S = 8.0
"""Time that a completed line stays visible; readers look at the meeting, too."""


class OverlayCaptions:
    """The last lines of all speakers, with at most two rows per caption line.

    Mode "fast" shows text as it is recognised; "reading" shows only committed text, which never changes.
    """

    def __init__(
        self,
        style_of: Callable[[str], SpeakerStyle],
        settings: OverlaySettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look_of = style_of
        self._clock = clock
        self._media_offset_s = 0.0
        self._events: dict[int, CaptionEvent] = {}
        self._settings = settings
        self._on_screen = self._new_screen()

    def set_settings(self, settings: OverlaySettings) -> None:
        """Apply settings immediately, also to visible lines."""
        self._settings = settings
        self._on_screen = self._new_screen()
        for event in self._events.values():
            self._on_screen(event)

    def begin_session(self) -> None:
        """Clear all lines, as line numbers start again."""
        self._events.clear()
        self._on_screen = self._new_screen()

    def end_session(self) -> None:
        """Complete open lines at session end so that they expire."""
        for event in list(self._events.values()):
            if event.event != "completed":
                self.apply(replace(event, event="completed", tentative=""))

    def apply(self, event: CaptionEvent) -> None:
        self._media_offset_s = event.media_s - self._clock()
        self._events[event.line] = event
        self._events = {line: self._events[line] for line in sorted(self._events)[-self._settings.lines :]}
        self._on_screen(event)

    def rows(self) -> list[Row]:
        """Rows from top to bottom."""
        limits = LineLimits(self._settings.korean_columns, self._settings.latin_columns)
        shown: list[Row] = []
        for caption in reversed(self._on_screen.at(self._clock() + self._media_offset_s)):
            rows = rows_of(caption, limits)
            room = self._settings.lines - len(shown)
            if room > 0:
                first, *others = rows[-room:]
                # If the row with the name is cut off, show the name in the next one.
                shown = [replace(first, name=rows[0].name), *others, *shown]
        return _without_repeated_names(shown)

    def _new_screen(self) -> OnScreen:
        reading = self._settings.mode == "reading"
        return OnScreen(self._look_of, most=self._settings.lines, hold_s=_HOLD_S, reading_mode=reading)


def _without_repeated_names(rows: list[Row]) -> list[Row]:
    """Show the name only once for consecutive lines of a speaker."""
    speaker: tuple[str, str] | None = None
    named = []
    for row in rows:
        same_speaker = not row.name or (row.name, row.colour) == speaker
        named.append(replace(row, name="") if same_speaker else row)
        speaker = speaker if same_speaker else (row.name, row.colour)
    return named
