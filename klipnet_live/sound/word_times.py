"""When the words of a line were said, where the recogniser does not tell: by their letters, where it is loud."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.types import FloatArray

_STEP_S = 0.01
_QUIET, _LOUD = 10, 95
"""Percentiles of loudness: the room, and the voice."""
_MORE_LETTERS = 1.0
"""A short word takes longer than its letters."""


def spread(texts: Sequence[str], samples: FloatArray) -> list[tuple[float, float]]:
    """Start and end in seconds of each text, one after the other. `samples`: mono, 16 kHz."""
    if not texts:
        return []
    loudness = _loudness(samples)
    passed = np.concatenate([[0.0], np.cumsum(loudness)])
    if passed[-1] <= 0:
        passed = np.arange(len(passed), dtype=np.float64)
    letters = np.cumsum([0.0, *(len(text) + _MORE_LETTERS for text in texts)])
    edges_s = np.interp(letters / letters[-1] * passed[-1], passed, np.arange(len(passed)) * _STEP_S)
    return [(float(start), float(end)) for start, end in zip(edges_s, edges_s[1:], strict=False)]


def _loudness(samples: FloatArray) -> np.ndarray:
    """How much voice each step of 10 ms holds, from 0 to 1: logarithmic, as ears hear."""
    step = round(_STEP_S * RATE_HZ)
    steps = samples[: len(samples) // step * step].reshape(-1, step)
    decibels = 20 * np.log10(np.sqrt(np.square(steps.astype(np.float64)).mean(axis=1)) + 1e-6)
    if not len(decibels):
        return decibels
    quiet, loud = np.percentile(decibels, (_QUIET, _LOUD))
    return np.clip((decibels - quiet) / max(loud - quiet, 1.0) - 0.15, 0.0, 0.5)
