"""Maps sample positions of a stream to times."""

from __future__ import annotations

from bisect import bisect_right

from klipnet_live.sound.base import RATE_HZ


class SampleClock:
    """The time of each block's first sample is known; times in between are counted in samples."""

    def __init__(self) -> None:
        self._positions: list[int] = []
        self._clocks_s: list[float] = []

    def add(self, position: int, clock_s: float) -> None:
        """The sample at `position` was recorded at `clock_s`. Positions must increase."""
        self._positions.append(position)
        self._clocks_s.append(clock_s)

    def clock_s(self, position: float) -> float:
        """Time of the sample at a position. ValueError before the first `add`."""
        if not self._positions:
            raise ValueError("no block has been added yet")
        i = max(0, bisect_right(self._positions, position) - 1)
        return self._clocks_s[i] + (position - self._positions[i]) / RATE_HZ

    def forget(self, before: int) -> None:
        """Drop entries that are only needed for positions before this one."""
        i = max(0, bisect_right(self._positions, before) - 1)
        del self._positions[:i], self._clocks_s[:i]
