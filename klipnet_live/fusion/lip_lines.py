"""Lines that were read from lips, and which of them are part of what is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from klipnet_live.fusion.ctc import spotting_score
from klipnet_live.fusion.line_text import LineReading
from klipnet_live.fusion.turns import Turn
from klipnet_live.types import FPS, CaptionEvent, Utterance, Word

KNOWN: Final = 0.5
"""Probability that lips know a face, from which they are asked at all."""

TRUSTED: Final = 0.8
"""Confidence from which lips that know a face are shown before anything is recognised."""

MARGIN_S: Final = 0.3
"""Lips and voice of the same words may begin or end so far apart."""

_OVERLAP: Final = 0.5

_BEFORE_S: Final = 0.16
_AFTER_S: Final = 0.2
"""Where the lips may spell a word, around the time at which it is heard."""


@dataclass(slots=True)
class LipLine:
    """A line that was read. `first_s`: when its first event came.

    `number`: of its caption, if it is shown by itself; `heard`: part of a turn. `reading`: of the final head,
    and `span_s`, its times, once the line has ended.
    """

    event: CaptionEvent
    first_s: float
    number: int | None = None
    heard: bool = False
    reading: LineReading | None = None
    span_s: tuple[float, float] = (0.0, 0.0)

    @property
    def done(self) -> bool:
        return self.event.event == "completed"

    @property
    def committed(self) -> int:
        """How many of its words stay as they are."""
        return len(self.event.committed.split())

    @property
    def is_sure(self) -> bool:
        """Read to its end by lips that know the face."""
        return self.event.readable and self.reading is not None and self.reading.known >= KNOWN

    def is_near(self, utterance: Utterance) -> bool:
        """Whether it and a stretch of voice may be the same."""
        sound = utterance.sound
        return self.event.start_s < sound.end_s + MARGIN_S and self.event.end_s > sound.clock_s - MARGIN_S

    def join(self, turn: Turn) -> None:
        """It is part of the turn from now on; what it has committed stays."""
        if self.number is not None and turn.number is None and not self.heard:
            turn.number, turn.text = self.number, self.event.text
            turn.committed = self.event.words[: self.committed]
        self.heard = True

    def spelled(self, word: Word) -> float | None:
        """How well the lips spell a word within the line; None where it holds none that they can spell."""
        if self.reading is None or self.reading.known < KNOWN:
            return None
        start_s, end_s = self.span_s
        ids = self.reading.spelled(word.text) if start_s <= word.start_s and word.end_s <= end_s else None
        if ids is None:
            return None
        first = max(0, round((word.start_s - _BEFORE_S - start_s) * FPS))
        end = round((word.end_s + _AFTER_S - start_s) * FPS)
        return spotting_score(self.reading.log_probs[first:end], ids)


class LipLines:
    """The lines that are open, or have ended and may still be heard."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, int], LipLine] = {}
        self._readings: dict[str, tuple[LineReading, tuple[float, float]]] = {}
        self._known: dict[str, float] = {}

    def __iter__(self) -> Iterator[LipLine]:
        """Those of this moment: lines may be removed meanwhile."""
        return iter(tuple(self._lines.values()))

    def read_to_end(self, speaker: str, span_s: tuple[float, float], reading: LineReading) -> None:
        """A line of this speaker has ended; its completed event follows."""
        self._readings[speaker] = reading, span_s
        self._known[speaker] = reading.known

    def add(self, event: CaptionEvent, now_s: float) -> LipLine:
        """The line of an event, a new one where it is the first."""
        line = self._lines.setdefault((event.speaker, event.line), LipLine(event, now_s))
        line.event = event
        if line.done and event.speaker in self._readings:
            line.reading, line.span_s = self._readings.pop(event.speaker)
        return line

    def remove(self, line: LipLine) -> None:
        del self._lines[line.event.speaker, line.event.line]

    def forget(self, utterance: Utterance) -> None:
        """Drop what is over: lines that were heard, and those of mouths that only moved along."""
        for line in self:
            moved_along = line.is_near(utterance) and line.number is None and not line.is_sure
            if line.done and (line.heard or moved_along):
                self.remove(line)

    def trusts(self, line: LipLine) -> bool:
        """The lips know this face, and are sure of what they read now."""
        return self._known.get(line.event.speaker, 0.0) >= KNOWN and line.event.confidence >= TRUSTED

    def spelled(self, speaker: str, word: Word) -> float | None:
        """How well the lips of a speaker spell a word, in a line that was read to its end."""
        own = (line for line in self._lines.values() if line.event.speaker == speaker)
        return next((score for score in (line.spelled(word) for line in own) if score is not None), None)

    def of_turn(self, turn: Turn) -> LipLine | None:
        """The line that is the same as a turn: its speaker's, at the same time for the most part."""
        best, share = None, _OVERLAP
        for line in self._lines.values():
            shown_alone = line.number is not None and line.number != turn.number
            if line.event.speaker != turn.speaker or not turn.words:
                continue
            if shown_alone and (line.heard or turn.number is not None):
                continue
            start_s, end_s = max(turn.start_s, line.event.start_s), min(turn.end_s, line.event.end_s)
            shorter = min(turn.end_s - turn.start_s, line.event.end_s - line.event.start_s)
            if (end_s - start_s) / max(0.1, shorter) >= share:
                best, share = line, (end_s - start_s) / max(0.1, shorter)
        return best
