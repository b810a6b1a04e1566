"""When sound was heard, by the time at which it arrived.

Counting samples does not tell: a sound card's clock runs up to 0.1 % off, and an idle output sends nothing,
so that the first block after it comes seconds late.
"""

from __future__ import annotations

_JUMP_S = 0.25
"""A block that is this much earlier or later than its forerunners say follows a gap; less is the computer's
own unrest."""
_FOLLOW = 0.05
"""The share of a smaller difference that each block takes on: unrest of 20 ms moves the clock by 1 ms, and
a clock that is 0.1 % off is followed with 2 ms (blocks of 0.1 s)."""


class ArrivalClock:
    """Gives each block of a stream the moment of its first sample, on the clock of its arrivals."""

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._due_s: float | None = None

    def start_of(self, samples: int, arrived_s: float) -> float:
        """When the block began. `arrived_s`: when its last sample was there."""
        length_s = samples / self._rate_hz
        start_s = arrived_s - length_s
        if self._due_s is not None and abs(start_s - self._due_s) < _JUMP_S:
            start_s = self._due_s + _FOLLOW * (start_s - self._due_s)
        self._due_s = start_s + length_s
        return start_s
