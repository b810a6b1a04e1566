"""What was seen of each mouth lately: how much it moved, and whether it seemed to speak."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOVING: Final = 0.035
"""Change of a crop between pictures, in its standard deviations, from which lips may be speaking."""

KEPT_S: Final = 60.0

_SMOOTH: Final = 3
_SMALLEST: Final = 0.02
"""Change that is added before the logarithm is taken: a still mouth's noise is not stretched by it."""


class MouthTrack:
    """One face: times, change of the mouth, and the probability that it speaks, all for the last minute."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._changes: list[float] = []
        self._speaking: list[float] = []

    @property
    def end_s(self) -> float:
        """When it was seen the last time."""
        return self._times[-1] if self._times else float("-inf")

    def add(self, time_s: float, change: float) -> None:
        """A picture in which the mouth had changed by `change`. Times rise."""
        self._times.append(time_s)
        self._changes.append(change)
        self._speaking.append(0.0)
        if self._times[0] < time_s - 2 * KEPT_S:
            keep = bisect.bisect_left(self._times, time_s - KEPT_S)
            del self._times[:keep], self._changes[:keep], self._speaking[:keep]

    def speaks(self, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        """What the lip model says of some pictures. Those that it did not look at count as silent."""
        for time_s, probability in zip(times_s, probabilities, strict=True):
            i = bisect.bisect_left(self._times, time_s - 0.02)
            if i < len(self._times) and self._times[i] <= time_s + 0.02:
                self._speaking[i] = float(probability)

    def was_seen(self, start_s: float, end_s: float) -> bool:
        """Whether there is any picture of it from this time."""
        part = self._part(start_s, end_s)
        return bool(part.stop > part.start)

    def motion(self, start_s: float, end_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Times, and the logarithm of the motion there, smoothed over three pictures."""
        part = self._part(start_s, end_s)
        logs = np.log(np.array(self._changes[part]) + _SMALLEST)
        if len(logs) >= _SMOOTH:
            logs = np.convolve(np.pad(logs, _SMOOTH // 2, mode="edge"), np.ones(_SMOOTH) / _SMOOTH, "valid")
        return np.array(self._times[part]), logs

    def speaking(self, start_s: float, end_s: float) -> float:
        """Mean probability of speech in this time; 0 where nothing was seen."""
        values = self._speaking[self._part(start_s, end_s)]
        return sum(values) / len(values) if values else 0.0

    def _part(self, start_s: float, end_s: float) -> slice:
        return slice(bisect.bisect_left(self._times, start_s), bisect.bisect_right(self._times, end_s))
