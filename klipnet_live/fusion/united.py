"""What was said, by sound and lips together.

Both score the same texts. How much the lips count is not fixed: a model that knows a face predicts what is
heard of it, and one that does not is sure of other words. So the lips' scores are flattened by a temperature,
and each temperature counts as much as it explains the sound (the marginal likelihood; MacKay 1992, "Bayesian
interpolation"), times how probable it was before: high for a face that the lips read with confidence. The
noisier the sound, the more its own scores are flattened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from klipnet_live.fusion.ctc import Scores

TEMPERATURES: Final = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0])
"""Factors on the lips' log-probabilities: from hardly anything to all that they say."""

KNOWN_FACE: Final = np.array([0.0005, 0.0005, 0.002, 0.02, 0.1, 0.35, 0.527])
STRANGER: Final = np.array([0.2, 0.2, 0.3, 0.2, 0.1, 0.02, 0.01])
"""How probable each temperature is before anything was heard, for faces that a model knows and does not."""


@dataclass(frozen=True, slots=True)
class United:
    """Texts and their probabilities, which add up to 1; `lips_weight`: λ, the lips' share of the scores."""

    texts: tuple[str, ...]
    probabilities: Scores
    lips_weight: float

    @property
    def best(self) -> str:
        return self.texts[int(self.probabilities.argmax())]

    def word_confidences(self, spoken: Callable[[str], str] = str) -> list[float]:
        """For each word of the best text, the probability of all texts that have it in this place.

        `spoken`: a text as it is spoken; a word that is spoken as several is as sure as the least sure one.
        Texts of another length are compared from the nearer end.
        """
        best = spoken(self.best).split()
        found = np.zeros(len(best))
        for text, probability in zip(self.texts, self.probabilities, strict=True):
            words = spoken(text).split()
            for i, word in enumerate(best):
                place = i if i < len(best) / 2 else len(words) - len(best) + i
                if 0 <= place < len(words) and words[place] == word:
                    found[i] += probability
        counts = [len(spoken(word).split()) for word in self.best.split()]
        ends = np.cumsum(counts).tolist()
        spans = [found[end - count : end] for count, end in zip(counts, ends, strict=True)]
        return [min(1.0, float(span.min())) if len(span) else 0.0 for span in spans]


def unite(texts: Sequence[str], sound: Scores, lips: Scores, *, clearness: float, known: float) -> United:
    """The posterior of `texts` by the log-probabilities of both, natural, (texts,) each.

    `clearness`: how much the sound's scores can be believed, 1 for a recogniser whose probabilities are
    true. `known`: the probability that the lips know this face, 0 to 1.
    """
    heard = _normalised(clearness * np.asarray(sound, float))
    prior = known * KNOWN_FACE + (1 - known) * STRANGER
    joint = np.stack([heard + _normalised(factor * np.asarray(lips, float)) for factor in TEMPERATURES])
    joint += np.log(prior / prior.sum())[:, None]
    total = np.logaddexp.reduce(joint, axis=None)
    probabilities = np.exp(np.logaddexp.reduce(joint, axis=0) - total)
    factors = np.exp(np.logaddexp.reduce(joint, axis=1) - total)
    factor = float(factors @ TEMPERATURES)
    return United(tuple(texts), probabilities, factor / (factor + clearness))


def _normalised(log_probs: Scores) -> Scores:
    normalised: Scores = log_probs - np.logaddexp.reduce(log_probs)
    return normalised
