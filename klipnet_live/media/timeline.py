"""Turns the timestamps of real files into times that always increase.

In recordings joined from parts, timestamps restart or jump; single timestamps can be wrong, repeated or
missing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

MAX_STEP_S = 1.0
"""A longer step between frames, or a step backwards, may be a wrong timestamp."""

LEAP_S = 10.0
"""Longer steps are jumps, not pauses of a recording (same as FFmpeg's dts_delta_threshold)."""

_LOOK_AHEAD = 12
"""Number of timestamps needed to distinguish wrong ones from a recording that continues at another time."""

_SETTLED = 3


@dataclass(frozen=True, slots=True)
class Leap:
    """A discontinuity from `from_s` to `to_s`, in timestamps of the file."""

    from_s: float
    to_s: float

    def is_near(self, other: Leap) -> bool:
        """Whether it is the same discontinuity on another track."""
        apart_s = max(abs(self.from_s - other.from_s), abs(self.to_s - other.to_s))
        return apart_s <= MAX_STEP_S


@dataclass(frozen=True, slots=True)
class Timed(Generic[Item]):
    """An item at `time_s`, and the discontinuity before it, if any."""

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
    """Items with timestamps in seconds (None if missing), at increasing times; see `Timeline`."""
    timeline = Timeline[Item](period_s, joins=joins)
    for stamp_s, item in pictures:
        yield from timeline.feed(stamp_s, item)
    yield from timeline.end()


class Timeline(Generic[Item]):
    """Assigns increasing times to items with timestamps.

    Wrong timestamps are replaced by times between their neighbours. After a step backwards the next item
    follows one `period_s` later, as in players. A jump forwards is kept, unless parts of the format can be
    joined by concatenation (`joins`: MPEG streams). Tracks of one file share `shifts`, so that they move
    together.
    """

    def __init__(
        self, period_s: float, *, joins: bool = False, shifts: list[tuple[Leap, float]] | None = None
    ) -> None:
        self._clock = _Clock[Item](period_s, joins, [] if shifts is None else shifts)
        self._waiting: deque[_Stamped[Item]] = deque()
        self._begun = False

    def feed(self, stamp_s: float | None, item: Item) -> Iterator[Timed[Item]]:
        """Add an item; gives the items whose times are decided."""
        self._waiting.append(_Stamped(stamp_s, item))
        return self._decided(at_end=False)

    def end(self) -> Iterator[Timed[Item]]:
        """Give the remaining items at the end."""
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
    """The last accepted timestamp, and the time assigned to it."""

    def __init__(self, period_s: float, joins: bool, shifts: list[tuple[Leap, float]]) -> None:
        self._period_s, self._joins, self._shifts = period_s, joins, shifts
        self._stamp_s = self._time_s = -period_s

    def begin(self, stamps: Sequence[float | None]) -> int:
        """Initialise from the first consistent timestamps; returns the number of wrong ones before them."""
        runs = [stamps[number : number + _SETTLED] for number in range(max(1, len(stamps) - _SETTLED))]
        settled = (number for number, run in enumerate(runs) if all(map(_is_step, run, run[1:])))
        wrong = next(settled, 0)
        first_s = stamps[wrong] if stamps else None
        if first_s is not None:
            self._stamp_s = first_s - (wrong + 1) * self._period_s
            # A file that begins with a wrong timestamp starts at 0.
            self._time_s = -self._period_s if wrong and self._stamp_s > LEAP_S else self._stamp_s
        return wrong

    def goes_on_with(self, stamp_s: float | None) -> bool:
        return _is_step(self._stamp_s, stamp_s)

    def count_wrong(self, stamps: Sequence[float | None]) -> int:
        """Number of wrong timestamps before the next plausible one or the end; 0 for a discontinuity."""
        for number, stamp_s in enumerate(stamps):
            if stamp_s is not None and 0 < stamp_s - self._stamp_s <= MAX_STEP_S:
                return number
        first_s = stamps[0]
        leaps = first_s is not None and not 0 < first_s - self._stamp_s <= LEAP_S
        return len(stamps) if leaps and len(stamps) < _SETTLED else 0

    def between(self, wrong: Sequence[_Stamped[Item]], next_s: float | None) -> Iterator[Timed[Item]]:
        """Spread items evenly between the last and the next accepted timestamp."""
        whole_s = self._period_s * (len(wrong) + 1) if next_s is None else next_s - self._stamp_s
        for number, stamped in enumerate(wrong, 1):
            yield Timed(self._time_s + whole_s * number / (len(wrong) + 1), stamped.item)

    def take(self, stamped: _Stamped[Item]) -> Timed[Item]:
        """Assign a time from the item's own timestamp, if possible."""
        if stamped.stamp_s is None:
            return self.after(stamped)
        step_s = stamped.stamp_s - self._stamp_s
        leap = Leap(self._stamp_s, stamped.stamp_s) if step_s < 0 or step_s > LEAP_S else None
        if step_s <= 0 or (leap and self._joins):
            step_s = self._joint_s(leap) if leap else self._period_s
        self._stamp_s, self._time_s = stamped.stamp_s, self._time_s + step_s
        return Timed(self._time_s, stamped.item, leap)

    def _joint_s(self, leap: Leap) -> float:
        """Step to the first item of a joined part, as on the other tracks of the file."""
        for other, shift_s in self._shifts:
            step_s = leap.to_s + shift_s - self._time_s
            if leap.is_near(other) and 0 < step_s <= MAX_STEP_S:
                return step_s
        self._shifts.append((leap, self._time_s + self._period_s - leap.to_s))
        return self._period_s

    def after(self, stamped: _Stamped[Item]) -> Timed[Item]:
        """Assign the next time to an item without a usable timestamp."""
        self._stamp_s += self._period_s
        self._time_s += self._period_s
        return Timed(self._time_s, stamped.item)


def _is_step(one_s: float | None, other_s: float | None) -> bool:
    return one_s is None or other_s is None or 0 < other_s - one_s <= MAX_STEP_S
