"""Loudness: level meter, and detection of speech above the background noise."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray, Sound

STEP_S = 0.02
_MIN_RISE_DB = 12.0
"""Minimum level of speech above the background."""
_SHARE_OF_RISE = 0.4
"""Speech threshold, as a share of the range from the background to the loudest level."""
_MIN_STEPS = 3
"""Shorter sounds are clicks."""
_PAUSE_STEPS = 15
"""Longest pause within a sentence; sounds further away, such as breathing, do not belong to it."""
_MARGIN_STEPS = 3
"""Words start and end more softly than the threshold."""
_SILENT = 1e-5

_SOFTEST_DB, _FALL = -60.0, 0.6


class LevelMeter:
    """Level meter of a stream: rises immediately and decays slowly; 0 is -60 dB, 1 is full scale."""

    def __init__(self) -> None:
        self.value = 0.0

    def add(self, sound: Sound) -> None:
        """Process the next block."""
        peak = float(np.abs(sound.samples).max(initial=0.0))
        share = 1 - 20 * np.log10(max(peak, _SILENT)) / _SOFTEST_DB
        self.value = float(np.clip(max(share, _FALL * self.value), 0.0, 1.0))


def speech_span(samples: FloatArray, rate_hz: int) -> tuple[float, float] | None:
    """Start and end of a sentence in seconds, None without speech. `samples`: mono, shape (samples,).

    For 114 of 120 sentences of GRID speaker s1 both were within 0.15 s of the alignments.
    """
    loudness_db = _loudness_db(samples, rate_hz)
    if not len(loudness_db):
        return None
    room_db, loudest_db = np.percentile(loudness_db, (10, 98))
    rise_db = loudest_db - room_db
    runs = _runs(loudness_db > room_db + _SHARE_OF_RISE * rise_db)
    if rise_db < _MIN_RISE_DB or not runs:
        return None
    first, end = max(runs, key=lambda run: float((loudness_db[slice(*run)] - room_db).sum()))
    return max(0, first - _MARGIN_STEPS) * STEP_S, min(len(loudness_db), end + _MARGIN_STEPS) * STEP_S


def _loudness_db(samples: FloatArray, rate_hz: int) -> NDArray[np.float64]:
    step = round(rate_hz * STEP_S)
    steps = samples[: len(samples) // step * step].reshape(-1, step).astype(np.float64)
    steps -= steps.mean(axis=1, keepdims=True)
    loudness: NDArray[np.float64] = 20 * np.log10(np.sqrt(np.square(steps).mean(axis=1)) + _SILENT)
    return loudness


def _runs(loud: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end of each stretch of loud steps, with short pauses included and clicks removed."""
    edges = np.flatnonzero(np.diff(loud.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    words = [(int(first), int(end)) for first, end in edges if end - first >= _MIN_STEPS]
    ends = [i for i, (one, other) in enumerate(pairwise(words), 1) if other[0] - one[1] > _PAUSE_STEPS]
    parts = [words[i:j] for i, j in pairwise([0, *ends, len(words)])]
    return [(part[0][0], part[-1][1]) for part in parts if part]
