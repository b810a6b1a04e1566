"""Matches a take with the phrases of a profile, or rejects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klipnet_live.phrases.confidence import STRANGEST, Confidence, fit_confidence
from klipnet_live.phrases.dtw import Templates
from klipnet_live.phrases.metric import fit_metric
from klipnet_live.types import FloatArray

NEAREST = 3
"""Number of phrases offered when the match is uncertain."""

_WEIGHTS = (0.6, 0.3, 0.1)
"""Weights of the costs to the takes of one phrase, nearest first."""

_KERNEL_WIDTH = 0.67
"""Kernel width in mean costs between the takes of the profile."""

_RIDGE = 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """Features of a take, shape (time, blocks * width), and its phrase."""

    text: str
    features: FloatArray


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """`nearest`: the most similar phrases, best first. `confidence`: probability that the first is right.

    `accepted`: whether the take is one of the profile's phrases at all, decided by `strangeness`.
    """

    nearest: tuple[str, ...]
    confidence: float
    accepted: bool
    strangeness: float

    @property
    def text(self) -> str:
        """The best phrase."""
        return self.nearest[0]


class _Scorer:
    """Scores of all phrases for a take; low is good.

    Mean of two views of the same costs: the nearest takes, and kernel ridge regression on all takes, which
    also takes nearby takes of other phrases into account.
    """

    def __init__(self, examples: Sequence[Example], blocks: int) -> None:
        self.phrases = tuple(dict.fromkeys(example.text for example in examples))
        texts = [example.text for example in examples]
        self._metric = fit_metric([example.features for example in examples], texts, blocks)
        frames = [self._metric(example.features) for example in examples]
        self._templates = Templates(frames, texts)
        self._belongs = np.array([[text == phrase for phrase in self.phrases] for text in texts])
        self.between = self._templates.between()
        self._unit = self._usual_cost(np.array(texts))
        kernel = self._kernel(self.between) + _RIDGE * np.eye(len(texts))
        self._votes = np.linalg.solve(kernel, self._belongs.astype(np.float64))

    def __call__(self, features: FloatArray) -> FloatArray:
        """Scores for features of shape (time, blocks * width), shape (phrases,)."""
        costs = self._templates.costs(self._metric(features))
        best = np.array([_weighted(costs[column]) for column in self._belongs.T]) / self._unit
        return np.asarray((best - self._kernel(costs) @ self._votes) / 2, dtype=np.float32)

    def _kernel(self, costs: FloatArray) -> NDArray[np.float64]:
        return np.exp(-np.square(costs.astype(np.float64) / (_KERNEL_WIDTH * self._unit)))

    def _usual_cost(self, texts: NDArray[np.str_]) -> float:
        """Mean cost between phrases."""
        other = texts[:, None] != texts[None]
        if not other.any():
            other = ~np.eye(len(texts), dtype=bool)
        return float(self.between[other].mean()) if other.any() else 1.0


class PhraseMatcher:
    """Matcher fitted to the takes of one profile. 20 phrases with three takes need a few milliseconds."""

    def __init__(self, examples: Sequence[Example], blocks: int) -> None:
        """`examples`: at least one. `blocks`: number of feature blocks of equal width."""
        self._scorer = _Scorer(examples, blocks)
        self.held_out = held_out_scores(examples, blocks)
        self._confidence: Confidence = fit_confidence(self.held_out)

    @property
    def phrases(self) -> tuple[str, ...]:
        return self._scorer.phrases

    def match(self, features: FloatArray) -> PhraseMatch:
        """Match features of shape (time, blocks * width)."""
        scores = self._scorer(features)
        order = np.argsort(scores, kind="stable")
        nearest = tuple(self.phrases[index] for index in order[:NEAREST])
        strangeness = self._confidence.strangeness(scores)
        return PhraseMatch(nearest, self._confidence(scores), strangeness <= STRANGEST, strangeness)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Scores of one take by a matcher fitted without it. `phrases`: the order of the scores."""

    index: int
    text: str
    phrases: tuple[str, ...]
    scores: FloatArray

    @property
    def taken_for(self) -> str:
        return self.phrases[int(np.argmin(self.scores))]


def held_out_scores(examples: Sequence[Example], blocks: int) -> list[HeldOut]:
    """Cross-validation: the first take of every phrase is left out, then the second, and so on.

    Phrases with a single take are never left out.
    """
    folds = _folds([example.text for example in examples])
    found = []
    for fold in range(int(folds.max()) + 1):
        left = np.flatnonzero(folds == fold).tolist()
        kept = [example for index, example in enumerate(examples) if folds[index] != fold]
        scorer = _Scorer(kept, blocks)
        for index in left:
            example = examples[index]
            found.append(HeldOut(index, example.text, scorer.phrases, scorer(example.features)))
    return found


def _folds(texts: Sequence[str]) -> NDArray[np.intp]:
    """The fold that leaves out each take; -1 for none."""
    seen: dict[str, int] = {}
    folds = np.empty(len(texts), dtype=np.intp)
    for index, text in enumerate(texts):
        folds[index] = seen.get(text, 0)
        seen[text] = folds[index] + 1
    single = [seen[text] == 1 for text in texts]
    folds[single] = -1
    return folds


def _weighted(costs: FloatArray) -> float:
    """Weighted mean of the costs to the takes of one phrase; the nearest count most."""
    nearest = np.sort(costs)[: len(_WEIGHTS)]
    return float(np.average(nearest, weights=_WEIGHTS[: len(nearest)]))
