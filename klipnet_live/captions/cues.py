"""Subtitle cues: long lines are split in time, and speakers may overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from klipnet_live.captions.line_break import LineLimits, pages
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.lips.hangul import has_hangul

MIN_DURATION_MS = 833
"""Minimum duration of a subtitle, 5/6 of a second (Netflix Timed Text Style Guide)."""

LATIN_CHARACTERS_PER_S, KOREAN_CHARACTERS_PER_S = 20, 12
"""Reading speed of adults, including spaces (Netflix Timed Text Style Guides for English and Korean)."""

SNAP_MS = 250
"""Starts and ends closer together than this are merged to avoid flicker."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Text of one speaker in one subtitle: at most two lines.

    `continues`: an earlier cue of the same caption line has the speaker's name.
    """

    start_ms: int
    end_ms: int
    speaker: str
    name: str
    lines: tuple[str, ...]
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """A time span in which the same cues are shown."""

    start_ms: int
    end_ms: int
    cues: tuple[Cue, ...]


def cues_of(lines: Iterable[CaptionLine], limits: LineLimits, *, named: bool = False) -> list[Cue]:
    """Cues in order of start time. With `named`, each caption line begins with the speaker's name."""
    cues = [cue for line in lines for cue in _split(line, limits.of(line.text), named)]
    cues.sort(key=lambda cue: (cue.start_ms, cue.end_ms))
    return _extended(cues)


def slices_of(cues: Sequence[Cue]) -> list[Slice]:
    """Spans that do not overlap, for players that show one subtitle at a time."""
    cues = _snap_edges(cues)
    edges = sorted({edge for cue in cues for edge in (cue.start_ms, cue.end_ms)})
    showing = CueTimeline(cues)
    slices = (Slice(start, end, showing.at(start)) for start, end in pairwise(edges))
    return [part for part in slices if part.cues]


class CueTimeline:
    """Looks up the cues at a time; queries must be in chronological order."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._coming = iter(sorted(cues, key=lambda cue: cue.start_ms))
        self._next = next(self._coming, None)
        self._shown: list[Cue] = []

    def at(self, time_ms: float) -> tuple[Cue, ...]:
        while self._next is not None and self._next.start_ms <= time_ms:
            self._shown.append(self._next)
            self._next = next(self._coming, None)
        self._shown = [cue for cue in self._shown if time_ms < cue.end_ms]
        return tuple(self._shown)


def _split(line: CaptionLine, limit: int, named: bool) -> Iterator[Cue]:
    """Split a line into successive cues, with its time divided in proportion to text length."""
    parts = pages(line.text, limit, lead=f"{line.name}:" if named else "")
    start = round(line.start_s * 1000)
    total = sum(len("".join(part)) for part in parts)
    duration = max(round(line.end_s * 1000) - start, total)
    done = 0
    for number, part in enumerate(parts):
        begin = start + duration * done // total
        done += len("".join(part))
        end = start + duration * done // total
        yield Cue(begin, end, line.speaker, line.name, tuple(part), continues=named and number > 0)


def _extended(cues: list[Cue]) -> list[Cue]:
    """Extend cues that are too short to be read.

    To the minimum duration until the speaker's next cue; to the time it takes to read them until anyone's.
    """
    next_of_speaker: dict[str, int] = {}
    next_of_all: int | None = None
    longer: list[Cue] = []
    for cue in reversed(cues):
        shown = cue.start_ms + MIN_DURATION_MS
        shown = min(shown, next_of_speaker.get(cue.speaker, shown))
        read = cue.start_ms + _reading_ms(" ".join(cue.lines))
        if next_of_all is not None:
            read = min(read, next_of_all)
        longer.append(replace(cue, end_ms=max(cue.end_ms, shown, read)))
        next_of_speaker[cue.speaker] = next_of_all = cue.start_ms
    longer.reverse()
    return longer


def _reading_ms(text: str) -> int:
    speed = KOREAN_CHARACTERS_PER_S if has_hangul(text) else LATIN_CHARACTERS_PER_S
    return 1000 * len(text) // speed


def _snap_edges(cues: Sequence[Cue]) -> list[Cue]:
    edges = sorted({edge for cue in cues for edge in (cue.start_ms, cue.end_ms)})
    snapped: dict[int, int] = {}
    first = None
    for edge in edges:
        if first is None or edge - first >= SNAP_MS:
            first = edge
        snapped[edge] = first
    return [
        replace(cue, start_ms=snapped[cue.start_ms], end_ms=snapped[cue.end_ms])
        if snapped[cue.start_ms] < snapped[cue.end_ms]
        else cue
        for cue in cues
    ]
