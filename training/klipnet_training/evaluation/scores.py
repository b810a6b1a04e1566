"""Scores of an evaluation, overall and per speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klipnet_training.data.starred import comparable
from klipnet_training.run.metrics import bleu, count, rates

_RESAMPLES = 1000
_LEVEL = 95.0
"""Confidence level of the intervals in per cent."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ReadClip:
    """Transcript and hypothesis of a clip."""

    name: str
    speaker: str
    truth: str
    read: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores in per cent with 95 % bootstrap intervals; `clips`: number of clips."""

    clips: int
    cer: float
    cer_interval: Interval
    wer: float
    wer_interval: Interval
    bleu: float
    sentence_accuracy: float


def clip_reading(name: str, speaker: str, truth: str, read: str) -> ReadClip:
    """Make a reading; for a partial transcript, only as many last words are compared as are known."""
    return ReadClip(name, speaker, *comparable(truth, read))


def score(readings: Sequence[ReadClip], seed: int = 0) -> Scores:
    """Scores over all given clips."""
    counts = [count(reading.truth, reading.read) for reading in readings]
    found = rates(counts)
    truth, read = [reading.truth for reading in readings], [reading.read for reading in readings]
    return Scores(
        len(readings),
        100 * found.cer,
        _interval([(c.character_errors, c.characters) for c in counts], seed),
        100 * found.wer,
        _interval([(c.word_errors, c.words) for c in counts], seed),
        bleu(truth, read),
        100 * found.sentence_accuracy,
    )


def score_speakers(readings: Sequence[ReadClip]) -> dict[str, Scores]:
    """Scores of each speaker, sorted by name."""
    speakers = sorted({reading.speaker for reading in readings})
    return {s: score([reading for reading in readings if reading.speaker == s]) for s in speakers}


def _interval(parts: Sequence[tuple[int, int]], seed: int) -> Interval:
    """Bootstrap interval of an error rate in per cent, resampling clips.

    Bisani, Ney 2004, "Bootstrap estimates for confidence intervals in ASR performance evaluation".
    """
    errors, lengths = np.array(parts, dtype=np.float64).T
    draws = np.random.default_rng(seed).integers(0, len(parts), (_RESAMPLES, len(parts)))
    found: NDArray[np.float64] = errors[draws].sum(1) / np.maximum(1, lengths[draws].sum(1))
    margin = (100 - _LEVEL) / 2
    low, high = np.percentile(100 * found, [margin, 100 - margin])
    return float(low), float(high)
