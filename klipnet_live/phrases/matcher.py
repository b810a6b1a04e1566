"""Which phrase of a profile a take is, how surely, or that it is none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klipnet_live.phrases.confidence import Confidence, fit_confidence, strangeness
from klipnet_live.phrases.dtw import Templates
from klipnet_live.phrases.metric import fit_metric
from klipnet_live.types import FloatArray

NEAREST = 3
"""Phrases that are offered where it is not sure which one was meant."""

_WEIGHTS = (0.6, 0.3, 0.1)
"""Of the costs to the takes of one phrase, the nearest first."""

_CROWDING = 0.5
"""How much of a template's mean cost to other phrases is taken off: some takes look like everything.

Ten phrases of seven people: 94.4 % right with 0, 95.2 with 0.5, 94.5 with 1.
"""

_KERNEL_WIDTH = 0.67
"""Of the kernel, in median costs between the takes of the profile."""

_RIDGE = 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """Features (time, blocks * width) of a take, and what is said in it."""

    text: str
    features: FloatArray


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """`nearest`: the likeliest phrases, best first. `confidence`: the probability that the first is right.

    `accepted`: it is one of the profile's phrases at all; the higher `strangeness` is, the less it is so.
    """

    nearest: tuple[str, ...]
    confidence: float
    accepted: bool
    strangeness: float

    @property
    def text(self) -> str:
        """The likeliest phrase."""
        return self.nearest[0]


class _Scorer:
    """Scores of all phrases for a take, low is good; knows nothing of confidence.

    The mean of two views of the same costs: the nearest takes, and kernel ridge regression on all of them,
    which knows which takes of other phrases are near too.
    """

    def __init__(self, examples: Sequence[Example], blocks: int) -> None:
        self.phrases = tuple(dict.fromkeys(example.text for example in examples))
        texts = [example.text for example in examples]
        self._metric = fit_metric([example.features for example in examples], texts, blocks)
        frames = [self._metric(example.features) for example in examples]
        self._templates = Templates(frames)
        self._belongs = np.array([[text == phrase for phrase in self.phrases] for text in texts])
        self.between = np.stack([self._templates.costs(take) for take in frames])
        self._unit, self._crowding = self._cost_levels(np.array(texts))
        kernel = self._kernel(self.between) + _RIDGE * np.eye(len(texts))
        self._votes = np.linalg.solve(kernel, self._belongs.astype(np.float64))

    def __call__(self, features: FloatArray) -> FloatArray:
        """Of a take's features, (phrases,)."""
        costs = self._templates.costs(self._metric(features))
        return self._scores(costs)

    def _scores(self, costs: FloatArray) -> FloatArray:
        near = costs - _CROWDING * self._crowding
        best = np.array([_weighted(near[column]) for column in self._belongs.T]) / self._unit
        return np.asarray((best - self._kernel(costs) @ self._votes) / 2, dtype=np.float32)

    def _kernel(self, costs: FloatArray) -> NDArray[np.float64]:
        return np.exp(-np.square(costs.astype(np.float64) / (_KERNEL_WIDTH * self._unit)))

    def _cost_levels(self, texts: NDArray[np.str_]) -> tuple[float, FloatArray]:
        """The usual cost between phrases, and how far each template is from it."""
        other = texts[:, None] != texts[None]
        if not other.any():
            other = ~np.eye(len(texts), dtype=bool)
        if not other.any():
            return 1.0, np.zeros(1, np.float32)
        means = (self.between * other).sum(axis=1) / np.maximum(other.sum(axis=1), 1)
        return float(means.mean()), (means - means.mean()).astype(np.float32)


class PhraseMatcher:
    """Fitted to the takes of one profile. Takes 20 phrases of three takes in a few milliseconds."""

    def __init__(self, examples: Sequence[Example], blocks: int) -> None:
        """`blocks`: how many networks' features lie side by side. At least one example."""
        self._scorer = _Scorer(examples, blocks)
        self.held_out = held_out_scores(examples, blocks)
        self._confidence: Confidence = fit_confidence(self.held_out)

    @property
    def phrases(self) -> tuple[str, ...]:
        return self._scorer.phrases

    def match(self, features: FloatArray) -> PhraseMatch:
        """The phrase of a take's features, (time, blocks * width)."""
        scores = self._scorer(features)
        order = np.argsort(scores, kind="stable")
        nearest = tuple(self.phrases[index] for index in order[:NEAREST])
        accepted = self._confidence.accepts(scores)
        return PhraseMatch(nearest, self._confidence(scores), accepted, strangeness(scores))


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Scores of one take by a matcher that does not know it. `phrases`: whose scores these are, in order."""

    index: int
    text: str
    phrases: tuple[str, ...]
    scores: FloatArray

    @property
    def taken_for(self) -> str:
        return self.phrases[int(np.argmin(self.scores))]


def held_out_scores(examples: Sequence[Example], blocks: int) -> list[HeldOut]:
    """Each take scored by matchers of the others: the first take of all phrases is left out, then the second…

    Phrases with a single take are never left out: nothing would be left of them.
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
    """For each take which fold leaves it out; -1: none does."""
    seen: dict[str, int] = {}
    folds = np.empty(len(texts), dtype=np.intp)
    for index, text in enumerate(texts):
        folds[index] = seen.get(text, 0)
        seen[text] = folds[index] + 1
    single = [seen[text] == 1 for text in texts]
    folds[single] = -1
    return folds


def _weighted(costs: FloatArray) -> float:
    """Mean of the costs to the takes of one phrase, the nearest counting most."""
    nearest = np.sort(costs)[: len(_WEIGHTS)]
    return float(np.average(nearest, weights=_WEIGHTS[: len(nearest)]))
