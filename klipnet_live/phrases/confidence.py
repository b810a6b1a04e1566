"""How sure a match is, learnt from the takes of the profile alone: nobody else's recordings are needed.

Each take is scored by a matcher that does not know it. Without its own phrase, too: then it is a phrase that
the profile lacks, and the best of the others is a mistake. Logistic regression (Platt 1999) on how good
the best phrase is, and how much better than the second, gives the probability that it is right. Whether it is
one of the phrases at all is another question: two of them may look alike, and one is meant all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray

FALSE_REFUSALS = 0.03
"""Of the profile's own takes, how many may be refused so that more of what is none of them is.

Later takes differ more from the profile than its own from each other: of seven people 6 % were refused.
"""

_STRANGERS = 0.25
"""How often something is shown that is none of the phrases, for each time that one of them is."""

_FEWEST_TAKES = 12

_PULL = np.array([0.5, 0.03, 0.03])
"""How strongly the weights are held at those of `DEFAULT`: with 30 takes about half."""

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
    """Scores (phrases,), low is good, to the probability that the best is right.

    `strangest`: the strangeness up to which a take is one of the phrases.
    """

    weights: tuple[float, float, float]
    strangest: float

    def __call__(self, scores: FloatArray) -> float:
        level = np.dot(self.weights, _evidence(scores))
        return float(1 / (1 + np.exp(-np.clip(level, -30, 30))))

    def accepts(self, scores: FloatArray) -> bool:
        """Whether it is one of the phrases."""
        return strangeness(scores) <= self.strangest


def strangeness(scores: FloatArray) -> float:
    """How little a take looks like any of the phrases, compared with how it looks beside most of them."""
    return float(scores.min() - np.median(scores) / 2)


DEFAULT = Confidence((1.5, -7.0, 12.0), 0.15)
"""Where nothing can be left out, as with one take of each phrase: set by hand, cautiously."""


def fit_confidence(held_out: Sequence[Scored]) -> Confidence:
    """From the takes of a profile, each scored without itself."""
    right, evidence, counts, strange = [], [], [], []
    for take in held_out:
        own = np.array([phrase == take.text for phrase in take.phrases])
        if own.sum() != 1 or len(own) < 3:
            continue
        best = int(np.argmin(take.scores))
        evidence += [_evidence(take.scores), _evidence(take.scores[~own])]
        strange.append(strangeness(take.scores))
        right += [float(own[best]), 0.0]
        counts += [1.0, _STRANGERS]
    if len(strange) < _FEWEST_TAKES:
        return DEFAULT
    weights = _logistic(np.array(evidence), np.array(right), np.array(counts))
    return Confidence(weights, float(np.quantile(strange, 1 - FALSE_REFUSALS)))


def _evidence(scores: FloatArray) -> tuple[float, float, float]:
    """One, the best score, and its lead before the second."""
    best, *others = np.sort(scores)[:2].tolist()
    return 1.0, best, (others[0] - best if others else 1.0)


def _logistic(
    rows: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Weights of a logistic regression by Newton's method, held at the usual ones; rows count so often."""
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
