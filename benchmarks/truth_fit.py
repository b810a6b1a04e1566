"""Fits when a line is readable and how reliable its words are, on some people, for use on others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.truth_sets import Role
from klipnet_live.decoding.readability import LineEvidence, Readability

STREAM_WEIGHT = 0.2
"""Weight of the streaming head's entropy. The doubt below which 3 % of the lines of synthetic talkers saying
everyday sentences lie, relative to the largest doubt of grid_s1 val, is 1.27 at 0, 1.37 at 0.2, 1.25 at 0.5
and 1.10 at 1."""

_WEIGHTS: dict[Role, float] = {"known": 100.0, "stranger": 300.0, "other": 10.0}
"""Weight of each group, over all its sets: words of other speech are hidden with their line."""

_KNOWN_KEPT, _OTHERS_PASSED = 0.99, 0.02
_ROOM, _NEAREST_TO_OTHERS = 1.15, 0.85
"""The limit is a seventh above the doubt of known people, so that light from one side loses none of their
lines, but at most this far towards the doubt of the others."""

_PRIOR_WORDS = 30.0
_PRIOR = (0.5, -4.0)
"""Prior slope and weight of doubt: a fit on few strangers must not learn anything odd."""

_CLIP = 1e-5


@dataclass(frozen=True, slots=True)
class FittedLine:
    """One line as the networks read it. `words`: confidence before calibration, and whether correct.

    `fold`: lines of a fold are evaluated with what was fitted on all other folds.
    """

    set: str
    role: Role
    fold: str
    doubt: float
    words: tuple[tuple[float, bool], ...]


def fit_readability(lines: Sequence[FittedLine]) -> Readability:
    """Fit the limit between the lines that must stay and the most difficult of those that must go."""
    known = [line.doubt for line in lines if line.role == "known" and line.words]
    others = {line.set for line in lines if line.role == "other"}
    hardest = min(
        float(np.quantile([line.doubt for line in lines if line.set == name], _OTHERS_PASSED))
        for name in others
    )
    kept = float(np.quantile(known, _KNOWN_KEPT))
    limit = min(_ROOM * kept, kept + _NEAREST_TO_OTHERS * (hardest - kept))
    slope, weight, offset = _fit_words(lines)
    return Readability(round(limit, 3), STREAM_WEIGHT, round(slope, 3), round(weight, 3), round(offset, 3))


def shown(line: FittedLine, readability: Readability) -> list[tuple[float, bool]] | None:
    """Confidence and correctness of each word of a line; None if the line is not readable."""
    evidence = LineEvidence(line.doubt, 1)
    if not readability.accepts(evidence):
        return None
    return [(readability.confidence(confidence, evidence), right) for confidence, right in line.words]


def _fit_words(lines: Sequence[FittedLine]) -> tuple[float, float, float]:
    """Logistic regression on logit and doubt, with Newton's method."""
    rows = [(line, confidence, right) for line in lines for confidence, right in line.words]
    groups = Counter(_group(line) for line, _, _ in rows)
    weights = np.array([_WEIGHTS[line.role] / groups[_group(line)] for line, _, _ in rows])
    right = np.array([float(right) for _, _, right in rows])
    features = np.array([(_logit(confidence), line.doubt, 1.0) for line, confidence, _ in rows])
    mean, scale = features.mean(axis=0), features.std(axis=0)
    mean[2], scale[scale < _CLIP] = 0.0, 1.0
    start = np.array([*_PRIOR, 0.0]) * scale
    found = _logistic((features - mean) / scale, right, weights, start) / scale
    return float(found[0]), float(found[1]), float(found[2] - found[:2] @ mean[:2])


def _group(line: FittedLine) -> str:
    return line.role if line.role == "stranger" else line.set


def _logistic(
    features: NDArray[np.float64],
    right: NDArray[np.float64],
    weights: NDArray[np.float64],
    start: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Feature weights with a normal prior around `start`; the last weight, the offset, is free."""
    found = start.copy()
    prior = np.diag([_PRIOR_WORDS, _PRIOR_WORDS, 1e-3])

    def loss(tried: NDArray[np.float64]) -> float:
        log_odds, moved = features @ tried, tried - start
        misfit = weights @ (np.logaddexp(0, log_odds) - right * log_odds)
        return float(misfit + moved @ prior @ moved / 2)

    for _ in range(60):
        fitted = 1 / (1 + np.exp(-features @ found))
        gradient = features.T @ (weights * (fitted - right)) + prior @ (found - start)
        curvature = (features * (weights * fitted * (1 - fitted))[:, None]).T @ features + prior
        step = np.linalg.solve(curvature, gradient)
        # Whole steps overshoot, back and forth, where nearly all words are right.
        while np.abs(step).max() > _CLIP and loss(found - step) > loss(found):
            step /= 2
        found = found - step
    return found


def _logit(confidence: float) -> float:
    clipped = min(max(confidence, _CLIP), 1 - _CLIP)
    return math.log(clipped / (1 - clipped))
