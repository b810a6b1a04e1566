"""Adds noise of a given level to clean recordings, reproducibly."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray

Samples = NDArray[np.float64]

CONDITIONS = ("clean", "babble5", "babble0", "babble-5", "white0")

VOICES = 6
"""Number of speakers in babble noise: too many to follow any of them."""


def with_noise(samples: FloatArray, condition: str, others: Sequence[FloatArray], seed: int) -> FloatArray:
    """`samples` (samples,) under one of CONDITIONS; the number is the signal-to-noise ratio in dB.

    Babble is a mix of `VOICES` of `others`.
    """
    kind, level = re.fullmatch(r"([a-z]+)(-?\d+)?", condition).groups()  # type: ignore[union-attr]
    if kind == "clean":
        return samples
    random = np.random.default_rng(seed)
    noise = (
        _babble(len(samples), others, random) if kind == "babble" else random.standard_normal(len(samples))
    )
    scale = np.sqrt(_power(samples) / _power(noise) / 10 ** (float(level) / 10))
    return np.asarray(samples + scale * noise, np.float32)


def _babble(length: int, others: Sequence[FloatArray], random: np.random.Generator) -> Samples:
    chosen = random.choice(len(others), min(VOICES, len(others)), replace=False)
    voices = [np.resize(others[i], length) / np.sqrt(_power(others[i])) for i in chosen]
    return np.asarray(np.sum([np.roll(voice, random.integers(length)) for voice in voices], axis=0))


def _power(samples: FloatArray | Samples) -> float:
    return float(np.mean(np.square(samples, dtype=np.float64))) + 1e-12
