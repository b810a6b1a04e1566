"""Time stamps of live sound, from the arrival times of its blocks.

Counting samples is not enough: a sound card's clock deviates by up to 0.1 %, and an idle output sends
nothing, so that its next block arrives seconds later.
"""

from __future__ import annotations

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
