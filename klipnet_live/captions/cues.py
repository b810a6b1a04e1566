"""Subtitles on a time line: long lines split in time, and people who speak at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from klipnet_live.captions.line_break import Limits, pages
from klipnet_live.captions.lines import CaptionLine

SHORTEST_MS = 833
"""A subtitle is shown for 5/6 of a second at least (Netflix timed text guide)."""

SLIVER_MS = 250
"""Starts and ends nearer to each other than this are taken as one, so that nothing flickers."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What one speaker says in one subtitle: at most two lines."""

    start_ms: int
    end_ms: int
    speaker: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of time in which the same cues are shown."""

    start_ms: int
    end_ms: int
    cues: tuple[Cue, ...]


def cues_of(lines: Iterable[CaptionLine], limits: Limits, *, named: bool = False) -> list[Cue]:
    """Cues in the order of their starts. `named`: what a speaker says begins with the name."""
    cues = [cue for line in lines for cue in _split(line, limits.of(line.text), named)]
    cues.sort(key=lambda cue: (cue.start_ms, cue.end_ms))
    return _long_enough(cues)


def slices_of(cues: Sequence[Cue]) -> list[Slice]:
    """Stretches that do not overlap, for players that show one subtitle at a time."""
    cues = _snapped(cues)
    edges = sorted({edge for cue in cues for edge in (cue.start_ms, cue.end_ms)})
    showing = Timeline(cues)
    slices = (Slice(start, end, showing.at(start)) for start, end in pairwise(edges))
    return [part for part in slices if part.cues]


class Timeline:
    """Which cues are shown at a time; asked with times that never go back."""

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
    """Successive cues; each takes a share of the time that goes with its length."""
    parts = pages(line.text, limit, lead=f"{line.name}:" if named else "")
    start = round(line.start_s * 1000)
    total = sum(len("".join(part)) for part in parts)
    duration = max(round(line.end_s * 1000) - start, total)
    done = 0
    for part in parts:
        begin = start + duration * done // total
        done += len("".join(part))
        yield Cue(begin, start + duration * done // total, line.speaker, line.name, tuple(part))


def _long_enough(cues: list[Cue]) -> list[Cue]:
    """Short cues last longer, up to the same speaker's next one."""
    next_start: dict[str, int] = {}
    longer: list[Cue] = []
    for cue in reversed(cues):
        wanted = max(cue.end_ms, cue.start_ms + SHORTEST_MS)
        latest = max(cue.end_ms, next_start.get(cue.speaker, wanted))
        longer.append(replace(cue, end_ms=min(wanted, latest)))
        next_start[cue.speaker] = cue.start_ms
    longer.reverse()
    return longer


def _snapped(cues: Sequence[Cue]) -> list[Cue]:
    edges = sorted({edge for cue in cues for edge in (cue.start_ms, cue.end_ms)})
    snapped: dict[int, int] = {}
    first = None
    for edge in edges:
        if first is None or edge - first >= SLIVER_MS:
            first = edge
        snapped[edge] = first
    return [
        replace(cue, start_ms=snapped[cue.start_ms], end_ms=snapped[cue.end_ms])
        if snapped[cue.start_ms] < snapped[cue.end_ms]
        else cue
        for cue in cues
    ]
