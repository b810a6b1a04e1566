"""Times of sound samples: of live blocks from their arrival, and of samples within a stream by counting.

Counting alone is not enough for live sound: a sound card's clock deviates by up to 0.1 %, and an idle output
sends nothing, so that its next block arrives seconds later.
"""

from __future__ import annotations

from bisect import bisect_right

from klipnet_live.sound.base import RATE_HZ

_JUMP_S = 0.25
"""A block that deviates by more than this from its expected time follows a gap; less is jitter of the
computer.
"""
_FOLLOW = 0.05
"""Share of a smaller deviation that each block corrects: jitter of 20 ms moves the clock by 1 ms, and a clock
that deviates by 0.1 % is tracked to 2 ms (blocks of 0.1 s)."""


class ArrivalClock:
    """Gives each block of a stream the time of its first sample, smoothed over arrival times."""

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._due_s: float | None = None

    def start_of(self, samples: int, arrived_s: float) -> float:
        """Start time of a block. `arrived_s`: arrival time of its last sample."""
        length_s = samples / self._rate_hz
        start_s = arrived_s - length_s
        if self._due_s is not None and abs(start_s - self._due_s) < _JUMP_S:
            start_s = self._due_s + _FOLLOW * (start_s - self._due_s)
        self._due_s = start_s + length_s
        return start_s


class SampleClock:
    """The time of each block's first sample is known; times in between are counted in samples.

    Times never run backwards, although a sound server that stalled sends its backlog in a burst.
    """

    def __init__(self) -> None:
        self._positions: list[int] = []
        self._clocks_s: list[float] = []

    def add(self, position: int, clock_s: float) -> None:
        """The sample at `position` was recorded at `clock_s`. Positions must increase."""
        self._positions.append(position)
        self._clocks_s.append(max([clock_s, *self._clocks_s[-1:]]))

    def clock_s(self, position: float) -> float:
        """Time of the sample at a position. ValueError before the first `add`."""
        if not self._positions:
            raise ValueError("no block has been added yet")
        i = max(0, bisect_right(self._positions, position) - 1)
        counted_s = self._clocks_s[i] + (position - self._positions[i]) / RATE_HZ
        return min([counted_s, *self._clocks_s[i + 1 : i + 2]])

    def forget(self, before: int) -> None:
        """Drop entries that are only needed for positions before this one."""
        i = max(0, bisect_right(self._positions, before) - 1)
        del self._positions[:i], self._clocks_s[:i]
