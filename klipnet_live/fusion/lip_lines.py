"""Lines from lip reading, and which of them belong to an utterance that is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from klipnet_live.fusion.ctc import spotting_score
from klipnet_live.fusion.line_text import LineReading
from klipnet_live.fusion.merged_words import same
from klipnet_live.fusion.turns import Turn
from klipnet_live.types import FPS, CaptionEvent, Utterance, Word

KNOWN: Final = 0.5
"""Minimum probability of a known face for using its lip reading."""

TRUSTED: Final = 0.8
"""Minimum confidence for showing lip reading of a known face before sound is recognised."""

MARGIN_S: Final = 0.3
"""Maximum difference between the start or end of lip motion and voice for the same words."""

_OVERLAP: Final = 0.5

_BEFORE_S: Final = 0.16
_AFTER_S: Final = 0.2
"""Range around the time of a heard word in which the lips may spell it."""


@dataclass(slots=True)
class LipLine:
    """A line from lip reading. `first_s`: time of its first event.

    `number`: of its caption, if shown on its own; `in_turn`: whether it is part of a turn. `reading` and
    its time span `span_s`: from the final head, once the line has ended.
    """

    event: CaptionEvent
    first_s: float
    number: int | None = None
    in_turn: bool = False
    reading: LineReading | None = None
    span_s: tuple[float, float] = (0.0, 0.0)

    @property
    def done(self) -> bool:
        return self.event.event == "completed"

    @property
    def committed(self) -> int:
        """Number of committed words."""
        return len(self.event.committed.split())

    @property
    def is_sure(self) -> bool:
        """Whether it is a completed line of a known face."""
        return self.event.readable and self.reading is not None and self.reading.known >= KNOWN

    def is_near(self, utterance: Utterance) -> bool:
        """Whether the line and an utterance may be the same speech."""
        sound = utterance.sound
        return self.event.start_s < sound.end_s + MARGIN_S and self.event.end_s > sound.clock_s - MARGIN_S

    def join(self, turn: Turn) -> None:
        """Make the line part of a turn; its committed words are kept."""
        if self.number is not None and turn.number is None and not self.in_turn:
            turn.number, turn.text = self.number, self.event.text
            turn.committed = self.event.words[: self.committed]
        self.in_turn = True

    def spelled(self, word: Word) -> float | None:
        """How well the lips spell a word within the line; None if it is not spelled in known words."""
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
    """Lines that are open, or have ended but may still be heard."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._lines: dict[tuple[str, int], LipLine] = {}
        self._readings: dict[str, tuple[LineReading, tuple[float, float]]] = {}
        self._known: dict[str, float] = {}

    def __iter__(self) -> Iterator[LipLine]:
        """A snapshot, so that lines may be removed during iteration."""
        return iter(tuple(self._lines.values()))

    def read_to_end(self, speaker: str, span_s: tuple[float, float], reading: LineReading) -> None:
        """A line of this speaker has ended; its completed event follows."""
        self._readings[speaker] = reading, span_s
        self._known[speaker] = reading.known

    def add(self, event: CaptionEvent, now_s: float) -> LipLine:
        """The line of an event, created with the first one."""
        line = self._lines.setdefault((event.speaker, event.line), LipLine(event, now_s))
        line.event = event
        if line.done and event.speaker in self._readings:
            line.reading, line.span_s = self._readings.pop(event.speaker)
        return line

    def remove(self, line: LipLine) -> None:
        del self._lines[line.event.speaker, line.event.line]

    def forget(self, utterance: Utterance) -> None:
        """Remove finished lines that were heard, and those of mouths that only moved along."""
        for line in self:
            moved_along = line.is_near(utterance) and line.number is None and not line.is_sure
            if line.done and (line.in_turn or moved_along):
                self.remove(line)

    def trusts(self, line: LipLine) -> bool:
        """Whether the face is known and the current text is certain."""
        return self._known.get(line.event.speaker, 0.0) >= KNOWN and line.event.confidence >= TRUSTED

    def spelled(self, speaker: str, word: Word) -> float | None:
        """How well the lips of a speaker spell a word: from a completed line, or the text of an open one."""
        for line in self._lines.values():
            if line.event.speaker != speaker:
                continue
            score = line.spelled(word)
            if score is not None:
                return score
            if self.trusts(line) and any(same(word, other, self._language) for other in line.event.words):
                return 0.0
        return None

    def of_turn(self, turn: Turn) -> LipLine | None:
        """The line of the same speaker that overlaps most with a turn."""
        best, share = None, _OVERLAP
        for line in self._lines.values():
            shown_alone = line.number is not None and line.number != turn.number
            if line.event.speaker != turn.speaker or not turn.words:
                continue
            if shown_alone and (line.in_turn or turn.number is not None):
                continue
            start_s, end_s = max(turn.start_s, line.event.start_s), min(turn.end_s, line.event.end_s)
            shorter = min(turn.end_s - turn.start_s, line.event.end_s - line.event.start_s)
            if (end_s - start_s) / max(0.1, shorter) >= share:
                best, share = line, (end_s - start_s) / max(0.1, shorter)
        return best
