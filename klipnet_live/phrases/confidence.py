"""How sure a match is, learnt from the takes of the profile alone: nobody else's recordings are needed.

Each take is scored by a matcher that does not know it. Without its own phrase, too: then it is a phrase that
the profile lacks, and the best of the others is a mistake. Logistic regression (Platt 1999) on how good
the best phrase is, and how much better than the second, tells both apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray

FALSE_REFUSALS = 0.05
"""Of the profile's own takes, how many may be refused so that more of what is none of them is."""

_STRANGERS = 0.25
"""How often something is shown that is none of the phrases, for each time that one of them is."""

_WEIGHT_DECAY = 0.05

_STEPS = 30


class Scored(Protocol):
    """A take, and what a matcher that does not know it says of it."""

    @property
    def text(self) -> str: ...

    @property
    def phrases(self) -> tuple[str, ...]: ...

    @property
    def scores(self) -> FloatArray: ...


@dataclass(frozen=True, slots=True)
class Confidence:
    """Scores (phrases,), low is good, to the probability that the best is right."""

    weights: tuple[float, float, float]
    accepted_from: float

    def __call__(self, scores: FloatArray) -> float:
        level = np.dot(self.weights, _evidence(scores))
        return float(1 / (1 + np.exp(-np.clip(level, -30, 30))))


DEFAULT = Confidence((-1.0, -6.0, 6.0), 0.5)
"""Where nothing can be left out, as with one take of each phrase."""


def fit_confidence(held_out: Sequence[Scored]) -> Confidence:
    """From the takes of a profile, each scored without itself."""
    right, evidence, counts = [], [], []
    genuine = []
    for take in held_out:
        own = np.array([phrase == take.text for phrase in take.phrases])
        if own.sum() != 1 or len(own) < 3:
            continue
        best = int(np.argmin(take.scores))
        genuine.append(_evidence(take.scores))
        evidence += [genuine[-1], _evidence(take.scores[~own])]
        right += [float(own[best]), 0.0]
        counts += [1.0, _STRANGERS]
    if len(genuine) < 6:
        return DEFAULT
    weights = _logistic(np.array(evidence), np.array(right), np.array(counts))
    levels = np.array([np.dot(weights, row) for row in genuine])
    lowest = float(np.quantile(levels, FALSE_REFUSALS))
    return Confidence(weights, float(1 / (1 + np.exp(-lowest))))


def _evidence(scores: FloatArray) -> tuple[float, float, float]:
    """One, the best score, and its lead before the second."""
    best, *others = np.sort(scores)[:2].tolist()
    return 1.0, best, (others[0] - best if others else 1.0)


def _logistic(
    rows: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Weights of a logistic regression with weight decay, by Newton's method; each row counts so often."""
    weights = np.zeros(rows.shape[1])
    decay = _WEIGHT_DECAY * np.diag([0.0, 1.0, 1.0])
    for _ in range(_STEPS):
        probability = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (counts * (probability - right)) + decay @ weights
        spread = rows * (counts * probability * (1 - probability))[:, None]
        curvature = rows.T @ spread + decay + 1e-6 * np.eye(len(weights))
        weights = weights - np.linalg.solve(curvature, gradient)
    bias, best, lead = weights.tolist()
    return bias, best, lead
