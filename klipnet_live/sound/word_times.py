"""Estimates word times from loudness, for recognisers that give none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.sound.loudness import speech_span
from klipnet_live.types import FloatArray

_STEP_S = 0.01
_QUIET, _LOUD = 10, 95
"""Loudness percentiles of the background and of the voice."""
_LOW, _HIGH = 0.15, 0.65
"""Voice activity rises between these shares of the range from background to voice."""
_SILENT, _EVEN = 1e-6, 1e-3
_MORE_LETTERS = 4.0
"""Added to the length of each word: short words take longer than their letters."""


def spread(texts: Sequence[str], samples: FloatArray) -> list[tuple[float, float]]:
    """Start and end of each text in seconds, in sequence. `samples`: mono, 16 kHz.

    On 60 training clips of GRID s1 half of the word centres were within 0.06 s of the alignment, 90 % within
    0.15.
    """
    if not texts:
        return []
    start_s, end_s = speech_span(samples, RATE_HZ) or (0.0, len(samples) / RATE_HZ)
    voice = _voice(samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)])
    passed = np.concatenate([[0.0], np.cumsum(voice + _EVEN)])
    letters = np.cumsum([0.0, *(len(text) + _MORE_LETTERS for text in texts)])
    moments_s = np.linspace(start_s, end_s, len(passed))
    edges_s = np.interp(letters / letters[-1] * passed[-1], passed, moments_s)
    return [(float(start), float(end)) for start, end in pairwise(edges_s)]


def _voice(samples: FloatArray) -> NDArray[np.float64]:
    """Voice activity of each step of 10 ms, from 0 to 1, on a decibel scale."""
    step = round(_STEP_S * RATE_HZ)
    steps = samples[: len(samples) // step * step].reshape(-1, step)
    decibels: NDArray[np.float64] = 20 * np.log10(
        np.sqrt(np.square(steps.astype(np.float64)).mean(axis=1)) + _SILENT
    )
    if not len(decibels):
        return decibels
    quiet, loud = np.percentile(decibels, (_QUIET, _LOUD))
    share = (decibels - quiet) / max(float(loud - quiet), 1.0)
    return np.asarray(np.clip((share - _LOW) / (_HIGH - _LOW), 0.0, 1.0))
