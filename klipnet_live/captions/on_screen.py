"""Which captions are on screen at a given time."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from klipnet_live.captions.lines import default_name
from klipnet_live.captions.runs import GAP, words_of
from klipnet_live.types import CaptionEvent, Word

HOLD_S = 4.0
"""How long a completed caption stays on screen."""

# Light enough for a contrast of 4.5:1 on the painter's dark backdrop, and distinguishable with colour
# blindness (after Okabe and Ito 2008; dark colours lightened).
PALETTE = ("#56b4e9", "#e69f00", "#5fd3a8", "#f0e442", "#ff9a76", "#dd9ac2", "#9fb4ff", "#d0d0d0")


@dataclass(frozen=True, slots=True)
class SpeakerStyle:
    """How a speaker's captions look. `colour`: #rrggbb."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class ShownCaption:
    """A caption currently on screen. `words`: the words of its text, as far as known."""

    style: SpeakerStyle
    committed: str
    tentative: str = ""
    words: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        return self.committed + self.tentative


def default_speaker_style(speaker: str, language: str = "en") -> SpeakerStyle:
    """Default style of a speaker, with the name in the caption language."""
    number = int(speaker) - 1 if speaker.isdecimal() else zlib.crc32(speaker.encode())
    return SpeakerStyle(default_name(speaker, language), PALETTE[number % len(PALETTE)])


class OnScreen:
    """Caption sink that tracks which captions are shown; safe to query from another thread.

    `most`: maximum number of captions at once. `reading_mode`: show committed text only, which never changes.
    """

    def __init__(
        self,
        style_of: Callable[[str], SpeakerStyle] = default_speaker_style,
        *,
        most: int = 2,
        hold_s: float = HOLD_S,
        reading_mode: bool = False,
    ) -> None:
        self._style_of = style_of
        self._most = most
        self._hold_s = hold_s
        self._reading_mode = reading_mode
        self._lock = threading.Lock()
        self._events: dict[int, CaptionEvent] = {}

    def __call__(self, event: CaptionEvent) -> None:
        with self._lock:
            self._events[event.line] = event

    def clear(self) -> None:
        """Forget all captions, for example when another source starts with a new clock."""
        with self._lock:
            self._events = {}

    def at(self, media_s: float) -> tuple[ShownCaption, ...]:
        """The captions at this time on the source's clock, oldest first."""
        with self._lock:
            self._events = {line: e for line, e in self._events.items() if not self._has_expired(e, media_s)}
            events = [e for e in self._events.values() if self._text(e).strip()]
        latest = sorted(events, key=lambda event: event.line)[-self._most :]
        return tuple(self._shown(event) for event in latest)

    def _has_expired(self, event: CaptionEvent, media_s: float) -> bool:
        return event.event == "completed" and media_s > event.media_s + self._hold_s

    def _text(self, event: CaptionEvent) -> str:
        shown = self._shown(event)
        return shown.committed + shown.tentative

    def _shown(self, event: CaptionEvent) -> ShownCaption:
        """The caption of an event; unreadable or not yet decoded text becomes a gap."""
        tentative = "" if self._reading_mode else event.tentative
        is_open = event.event != "completed"
        if not event.readable or (is_open and not event.text):
            gap = Word(GAP, event.start_s, event.end_s, event.confidence, readable=False)
            return ShownCaption(self._style_of(event.speaker), GAP, "", (gap,))
        return ShownCaption(self._style_of(event.speaker), event.committed, tentative, words_of(event))
