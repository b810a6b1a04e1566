"""Calibrated confidence: of the words shown with confidence 0.8, four in five are right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_CLIP: Final = 1e-6
"""Keeps the logit of a probability of 0 or 1 finite."""

_BINS: Final = 10
"""Of the reliability table."""

UNKNOWN_WORD_FACTOR: Final = 0.1
"""Factor on the confidence of a word outside the training vocabulary: such words are mostly misreadings."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Maps a posterior to a confidence, sigmoid(slope * logit(posterior) + offset).

    Platt 1999, "Probabilistic outputs for support vector machines". `vocabulary`: the words of the
    training data; empty means any word. The default is the identity.
    """

    slope: float = 1.0
    offset: float = 0.0
    vocabulary: frozenset[str] = frozenset()

    def __call__(self, posterior: float, word: str = "") -> float:
        confidence = float(_sigmoid(self.slope * _logit(np.asarray(posterior)) + self.offset))
        known = not self.vocabulary or word in self.vocabulary
        return confidence if known else UNKNOWN_WORD_FACTOR * confidence


UNCALIBRATED: Final = Calibration()


def calibration_key(head: str, has_grammar: bool) -> str:
    """Key of a head's calibration in the manifest. With a grammar it is another one: errors differ."""
    return f"{head}_grammar" if has_grammar else head


def fit_calibration(posteriors: Sequence[float], correct: Sequence[bool]) -> Calibration:
    """Logistic regression by Newton's method; `correct[i]` tells whether word i was right.

    Targets are smoothed as Platt does, so that a set without errors has a finite solution. ValueError
    if the lengths differ or there are no words.
    """
    if len(posteriors) != len(correct) or not correct:
        raise ValueError(f"expected as many truths as posteriors, got {len(correct)} and {len(posteriors)}")
    features = np.stack([_logit(np.asarray(posteriors, float)), np.ones(len(posteriors))], axis=1)
    right = sum(correct)
    high, low = (right + 1) / (right + 2), 1 / (len(correct) - right + 2)
    targets = np.where(np.asarray(correct), high, low)
    # Normal prior around the identity: forty words, all right, must not make every word certain.
    start, ridge = np.array([1.0, 0.0]), np.eye(2)
    weights = start
    for _ in range(50):
        fitted = _sigmoid(features @ weights)
        gradient = features.T @ (fitted - targets) + ridge @ (weights - start)
        hessian = (features * (fitted * (1 - fitted))[:, None]).T @ features + ridge
        weights = weights - np.clip(np.linalg.solve(hessian, gradient), -1.0, 1.0)
    return Calibration(float(weights[0]), float(weights[1]))


@dataclass(frozen=True, slots=True)
class Bin:
    """Words with confidence in [low, high): their number, mean confidence and share of right words."""

    low: float
    high: float
    count: int
    confidence: float
    correct: float


def reliability(confidences: Sequence[float], correct: Sequence[bool]) -> list[Bin]:
    """Reliability table: the non-empty bins of width 0.1, in order of confidence."""
    values, truths = np.asarray(confidences, float), np.asarray(correct, float)
    places = np.minimum((values * _BINS).astype(int), _BINS - 1)
    table = []
    for place in np.unique(places).tolist():
        held = places == place
        confidence, share = float(values[held].mean()), float(truths[held].mean())
        table.append(Bin(place / _BINS, (place + 1) / _BINS, int(held.sum()), confidence, share))
    return table


def expected_calibration_error(table: Sequence[Bin]) -> float:
    """Mean absolute difference between confidence and accuracy, weighted by words.

    Guo, Pleiss, Sun, Weinberger 2017, "On calibration of modern neural networks", equation 3.
    """
    words = sum(row.count for row in table)
    return math.fsum(row.count * abs(row.confidence - row.correct) for row in table) / max(words, 1)


def _logit(posterior: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(posterior, _CLIP, 1 - _CLIP)
    return np.log(clipped / (1 - clipped))


def _sigmoid(value: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-value))
