"""Timestamps as files really have them, made into times that only grow.

Recordings that were joined begin anew or leap; single timestamps are wrong, stand still or are missing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

LONGEST_STEP_S = 1.0
"""A step from one picture to the next that is longer, or backward, may be a wrong timestamp."""

LEAP_S = 10.0
"""A step that is longer is no pause of a recording (FFmpeg's dts_delta_threshold is the same)."""

_LOOK_AHEAD = 12
"""So many wrong timestamps in a row are told from a recording that goes on at another time."""

_SETTLED = 3


@dataclass(frozen=True, slots=True)
class Leap:
    """The timestamps of a file do not go on as they were: `from_s` and `to_s` are its own."""

    from_s: float
    to_s: float

    def is_near(self, other: Leap) -> bool:
        """Whether it is the same place on another track."""
        apart_s = max(abs(self.from_s - other.from_s), abs(self.to_s - other.to_s))
        return apart_s <= LONGEST_STEP_S


@dataclass(frozen=True, slots=True)
class Timed(Generic[Item]):
    """Something at `time_s`, and the leap before it."""

    time_s: float
    item: Item
    leap: Leap | None = None


@dataclass(frozen=True, slots=True)
class _Stamped(Generic[Item]):
    stamp_s: float | None
    item: Item


def steady(
    pictures: Iterable[tuple[float | None, Item]], period_s: float, *, joins: bool = False
) -> Iterator[Timed[Item]]:
    """Pictures with their timestamps in seconds (None: it has none), at times that grow; see `Timeline`."""
    timeline = Timeline[Item](period_s, joins=joins)
    for stamp_s, item in pictures:
        yield from timeline.feed(stamp_s, item)
    yield from timeline.end()


class Timeline(Generic[Item]):
    """Gives what comes with a timestamp a time that grows.

    Wrong timestamps get times between their neighbours'. Where time goes back, what follows comes one
    `period_s` after what was before, as players show it. A leap ahead is kept, unless the format is one
    whose parts may be joined as they are (`joins`: MPEG streams). Tracks of one file that share `shifts`
    are moved alike.
    """

    def __init__(
        self, period_s: float, *, joins: bool = False, shifts: list[tuple[Leap, float]] | None = None
    ) -> None:
        self._clock = _Clock[Item](period_s, joins, [] if shifts is None else shifts)
        self._waiting: deque[_Stamped[Item]] = deque()
        self._begun = False

    def feed(self, stamp_s: float | None, item: Item) -> Iterator[Timed[Item]]:
        """What can be told the time of; some may have to wait for what follows."""
        self._waiting.append(_Stamped(stamp_s, item))
        return self._decided(at_end=False)

    def end(self) -> Iterator[Timed[Item]]:
        """What still waits: nothing follows."""
        return self._decided(at_end=True)

    def _decided(self, *, at_end: bool) -> Iterator[Timed[Item]]:
        while self._waiting:
            sure = at_end or len(self._waiting) >= _LOOK_AHEAD
            if not self._begun:
                if not sure:
                    return
                self._begun = True
                yield from map(self._clock.after, self._taken(self._clock.begin(self._stamps)))
            elif self._clock.goes_on_with(self._waiting[0].stamp_s):
                yield self._clock.take(self._waiting.popleft())
            elif not sure:
                return
            elif wrong := self._clock.count_wrong(self._stamps):
                following = self._stamps[wrong] if wrong < len(self._waiting) else None
                yield from self._clock.between(self._taken(wrong), following)
            else:
                yield self._clock.take(self._waiting.popleft())

    @property
    def _stamps(self) -> list[float | None]:
        return [stamped.stamp_s for stamped in self._waiting]

    def _taken(self, count: int) -> list[_Stamped[Item]]:
        return [self._waiting.popleft() for _ in range(count)]


class _Clock(Generic[Item]):
    """The last timestamp that was believed, and the time that it was given."""

    def __init__(self, period_s: float, joins: bool, shifts: list[tuple[Leap, float]]) -> None:
        self._period_s, self._joins, self._shifts = period_s, joins, shifts
        self._stamp_s = self._time_s = -period_s

    def begin(self, stamps: Sequence[float | None]) -> int:
        """Set the clock by the first timestamps that follow each other; how many wrong ones come before."""
        runs = [stamps[number : number + _SETTLED] for number in range(max(1, len(stamps) - _SETTLED))]
        settled = (number for number, run in enumerate(runs) if all(map(_is_step, run, run[1:])))
        wrong = next(settled, 0)
        first_s = stamps[wrong] if stamps else None
        if first_s is not None:
            self._stamp_s = first_s - (wrong + 1) * self._period_s
            # A file that begins with a wrong timestamp counts from there.
            self._time_s = -self._period_s if wrong and self._stamp_s > LEAP_S else self._stamp_s
        return wrong

    def goes_on_with(self, stamp_s: float | None) -> bool:
        return _is_step(self._stamp_s, stamp_s)

    def count_wrong(self, stamps: Sequence[float | None]) -> int:
        """How many come before one that goes on from here, or before the end; 0 for another recording."""
        for number, stamp_s in enumerate(stamps):
            if stamp_s is not None and 0 < stamp_s - self._stamp_s <= LONGEST_STEP_S:
                return number
        first_s = stamps[0]
        leaps = first_s is not None and not 0 < first_s - self._stamp_s <= LEAP_S
        return len(stamps) if leaps and len(stamps) < _SETTLED else 0

    def between(self, wrong: Sequence[_Stamped[Item]], next_s: float | None) -> Iterator[Timed[Item]]:
        """Evenly between the last timestamp and the next that is believed."""
        whole_s = self._period_s * (len(wrong) + 1) if next_s is None else next_s - self._stamp_s
        for number, stamped in enumerate(wrong, 1):
            yield Timed(self._time_s + whole_s * number / (len(wrong) + 1), stamped.item)

    def take(self, stamped: _Stamped[Item]) -> Timed[Item]:
        """The next one as its own timestamp says, as far as that can be."""
        if stamped.stamp_s is None:
            return self.after(stamped)
        step_s = stamped.stamp_s - self._stamp_s
        leap = Leap(self._stamp_s, stamped.stamp_s) if step_s < 0 or step_s > LEAP_S else None
        if step_s <= 0 or (leap and self._joins):
            step_s = self._joint_s(leap) if leap else self._period_s
        self._stamp_s, self._time_s = stamped.stamp_s, self._time_s + step_s
        return Timed(self._time_s, stamped.item, leap)

    def _joint_s(self, leap: Leap) -> float:
        """How long after what was before a joined part comes: as on the other tracks of the file."""
        for other, shift_s in self._shifts:
            step_s = leap.to_s + shift_s - self._time_s
            if leap.is_near(other) and 0 < step_s <= LONGEST_STEP_S:
                return step_s
        self._shifts.append((leap, self._time_s + self._period_s - leap.to_s))
        return self._period_s

    def after(self, stamped: _Stamped[Item]) -> Timed[Item]:
        """One whose timestamp says nothing."""
        self._stamp_s += self._period_s
        self._time_s += self._period_s
        return Timed(self._time_s, stamped.item)


def _is_step(one_s: float | None, other_s: float | None) -> bool:
    return one_s is None or other_s is None or 0 < other_s - one_s <= LONGEST_STEP_S
