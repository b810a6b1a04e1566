"""Which lines the overlay shows now."""

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
"""A finished line stays this long: the reader looks at the meeting too."""


class OverlayCaptions:
    """The last lines of all speakers, at most two of one line of speech.

    "fast" shows text as it is read; "reading" shows committed text only, which never changes.
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
        self._on_screen = self._fresh()

    def set_settings(self, settings: OverlaySettings) -> None:
        """Applies at once, to the lines that are shown as well."""
        self._settings = settings
        self._on_screen = self._fresh()
        for event in self._events.values():
            self._on_screen(event)

    def begin_session(self) -> None:
        """Line numbers start again."""
        self._events.clear()
        self._on_screen = self._fresh()

    def end_session(self) -> None:
        """What nobody goes on reading will not be settled any more: it leaves like a finished line."""
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
                # Where the row with the name is cut off, the next one says who speaks.
                shown = [replace(first, name=rows[0].name), *others, *shown]
        return _named_once(shown)

    def _fresh(self) -> OnScreen:
        reading = self._settings.mode == "reading"
        return OnScreen(self._look_of, most=self._settings.lines, hold_s=_HOLD_S, reading_mode=reading)


def _named_once(rows: list[Row]) -> list[Row]:
    """Lines of one speaker that follow each other bear the name only once."""
    speaker: tuple[str, str] | None = None
    named = []
    for row in rows:
        goes_on = not row.name or (row.name, row.colour) == speaker
        named.append(replace(row, name="") if goes_on else row)
        speaker = speaker if goes_on else (row.name, row.colour)
    return named
