"""Confidence of a match, learnt from the takes of the profile alone, without other people's recordings.

Each take is scored by a matcher that was fitted without it. It is scored once more without its own phrase, as
an example of a phrase outside the profile, for which any match is wrong. Logistic regression (Platt 1999) on
the score of the best phrase and its lead over the second gives the probability that it is right.

Whether a take is one of the phrases at all is a separate decision: if two phrases look alike, one of them is
still meant. The score of the best phrase decides, compared with a level of the profile: halfway between its
own takes and the same takes without their phrases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray

STRANGEST = 0.005
"""Maximum strangeness of a take that counts as one of the phrases.

Later takes differ more from a profile than its own takes from each other, so the profile alone cannot set it.
If it is set on six people, so that 5 % of their takes are rejected, 89 % of the unknown phrases of the
seventh are rejected and 5.1 % of the known ones (means).
"""

_STRANGERS = 0.25
"""Assumed number of foreign takes for each take of a phrase."""

_MIN_TAKES = 12

_PULL = np.array([0.5, 0.03, 0.03])
"""Regularisation towards the weights of `DEFAULT`: about half their influence with 30 takes."""

_STEPS = 30


class RatedMatch(Protocol):
    """A take with its scores by a matcher that was fitted without it."""

    @property
    def text(self) -> str: ...

    @property
    def phrases(self) -> tuple[str, ...]: ...

    @property
    def scores(self) -> FloatArray: ...


@dataclass(frozen=True, slots=True)
class Confidence:
    """Maps scores, shape (phrases,), low is good, to the probability that the best one is right.

    `level`: the best score that is neither like the takes of the phrases nor like others.
    """

    weights: tuple[float, float, float]
    level: float

    def __call__(self, scores: FloatArray) -> float:
        level = np.dot(self.weights, _evidence(scores))
        return float(1 / (1 + np.exp(-np.clip(level, -30, 30))))

    def strangeness(self, scores: FloatArray) -> float:
        """How much worse the best phrase matches than `level`."""
        return float(scores.min()) - self.level


DEFAULT = Confidence((1.5, -7.0, 12.0), 0.350)
"""For profiles in which nothing can be left out, as with one take per phrase: cautious weights set by hand.

The level rejects 5 % of the takes of seven people whose phrases were shown once.
"""


def fit_confidence(held_out: Sequence[RatedMatch]) -> Confidence:
    """Fit to the takes of a profile, each scored without itself; `DEFAULT` for too few takes."""
    right, evidence, counts, own_scores, other_scores = [], [], [], [], []
    for take in held_out:
        own = np.array([phrase == take.text for phrase in take.phrases])
        if own.sum() != 1 or len(own) < 3:
            continue
        best = int(np.argmin(take.scores))
        evidence += [_evidence(take.scores), _evidence(take.scores[~own])]
        own_scores.append(float(take.scores.min()))
        other_scores.append(float(take.scores[~own].min()))
        right += [float(own[best]), 0.0]
        counts += [1.0, _STRANGERS]
    if len(own_scores) < _MIN_TAKES:
        return DEFAULT
    weights = _logistic(np.array(evidence), np.array(right), np.array(counts))
    return Confidence(weights, float(np.mean([own_scores, other_scores])))


def _evidence(scores: FloatArray) -> tuple[float, float, float]:
    """Bias 1, the best score, and its lead over the second."""
    best, *others = np.sort(scores)[:2].tolist()
    return 1.0, best, (others[0] - best if others else 1.0)


def _logistic(
    rows: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Weights of a logistic regression by Newton's method, regularised towards `DEFAULT`; rows have
    weights.
    """
    usual = np.array(DEFAULT.weights)
    weights, decay = usual.copy(), np.diag(_PULL)
    for _ in range(_STEPS):
        probability = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (counts * (probability - right)) + decay @ (weights - usual)
        spread = rows * (counts * probability * (1 - probability))[:, None]
        curvature = rows.T @ spread + decay
        weights = weights - np.linalg.solve(curvature, gradient)
    bias, best, lead = weights.tolist()
    return bias, best, lead
