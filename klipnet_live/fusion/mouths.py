"""Recent observations of each mouth: motion and speech probability."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOVING: Final = 0.035
"""Minimum change of a crop between frames, in standard deviations, that may be speech."""

KEPT_S: Final = 60.0

_AROUND_S: Final = 0.1
_SMOOTH: Final = 3
_SMALLEST: Final = 0.02
"""Added before taking the logarithm, to limit the effect of noise on a still mouth."""


class MouthTrack:
    """Times, motion and speech probability of one mouth over the last minute."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._changes: list[float] = []
        self._speaking: list[float] = []

    @property
    def end_s(self) -> float:
        """Time of the last observation."""
        return self._times[-1] if self._times else float("-inf")

    def add(self, time_s: float, change: float) -> None:
        """Add a frame with this motion. Times must increase."""
        self._times.append(time_s)
        self._changes.append(change)
        self._speaking.append(0.0)
        if self._times[0] < time_s - 2 * KEPT_S:
            keep = bisect.bisect_left(self._times, time_s - KEPT_S)
            del self._times[:keep], self._changes[:keep], self._speaking[:keep]

    def speaks(self, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        """Set speech probabilities of some frames; others count as silent."""
        for time_s, probability in zip(times_s, probabilities, strict=True):
            i = bisect.bisect_left(self._times, time_s - 0.02)
            if i < len(self._times) and self._times[i] <= time_s + 0.02:
                self._speaking[i] = float(probability)

    def was_seen(self, start_s: float, end_s: float) -> bool:
        """Whether there is any frame in this time span."""
        part = self._part(start_s, end_s)
        return bool(part.stop > part.start)

    def motion(self, start_s: float, end_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Times and log motion, smoothed over three frames."""
        part = self._part(start_s, end_s)
        logs = np.log(np.array(self._changes[part]) + _SMALLEST)
        if len(logs) >= _SMOOTH:
            logs = np.convolve(np.pad(logs, _SMOOTH // 2, mode="edge"), np.ones(_SMOOTH) / _SMOOTH, "valid")
        return np.array(self._times[part]), logs

    def at(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log motion and speech probability at these times, (2, times)."""
        span_s = float(times_s[0]) - _AROUND_S, float(times_s[-1]) + _AROUND_S
        seen, motion = self.motion(*span_s)
        speaking = self._speaking[self._part(*span_s)]
        return np.array([np.interp(times_s, seen, signal) for signal in (motion, speaking)])

    def speaking(self, start_s: float, end_s: float) -> float:
        """Mean speech probability in this time span; 0 without frames."""
        values = self._speaking[self._part(start_s, end_s)]
        return sum(values) / len(values) if values else 0.0

    def _part(self, start_s: float, end_s: float) -> slice:
        return slice(bisect.bisect_left(self._times, start_s), bisect.bisect_right(self._times, end_s))
