"""Positions in a stream of samples, and the moments at which they were heard."""

from __future__ import annotations

from bisect import bisect_right

from klipnet_live.sound.base import RATE_HZ


class SampleClock:
    """Each block tells when its first sample was heard; samples between are counted."""

    def __init__(self) -> None:
        self._positions: list[int] = []
        self._clocks_s: list[float] = []

    def add(self, position: int, clock_s: float) -> None:
        """The sample at `position` was heard at `clock_s`. Positions only grow."""
        self._positions.append(position)
        self._clocks_s.append(clock_s)

    def clock_s(self, position: float) -> float:
        """When the sample at a position was heard. Errors: ValueError before the first `add`."""
        if not self._positions:
            raise ValueError("nothing was heard yet")
        i = max(0, bisect_right(self._positions, position) - 1)
        return self._clocks_s[i] + (position - self._positions[i]) / RATE_HZ

    def forget(self, before: int) -> None:
        """What is before this position is not asked for any more."""
        i = max(0, bisect_right(self._positions, before) - 1)
        del self._positions[:i], self._clocks_s[:i]
