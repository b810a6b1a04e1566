"""Fusion of the scores of lips and sound.

Both score the same texts. The weight of the lips is not fixed: a model that knows a face predicts what is
heard, and one that does not is confident of other words. So the lips' scores are flattened by a temperature,
and each temperature is weighted by how well it explains the sound (marginal likelihood; MacKay 1992,
"Bayesian interpolation") times its prior, which is high for a face that is read with confidence. The sound's
scores are flattened in noise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from klipnet_live.fusion.ctc import Scores

TEMPERATURES: Final = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0])
"""Factors on the lips' log-probabilities, from almost none to full weight."""

KNOWN_FACE: Final = np.array([0.0005, 0.0005, 0.002, 0.02, 0.1, 0.35, 0.527])
STRANGER: Final = np.array([0.2, 0.2, 0.3, 0.2, 0.1, 0.02, 0.01])
"""Prior probability of each temperature for known and unknown faces."""


@dataclass(frozen=True, slots=True)
class FusedText:
    """Texts with probabilities that sum to 1; `lips_weight`: λ, the lips' share of the scores."""

    texts: tuple[str, ...]
    probabilities: Scores
    lips_weight: float

    @property
    def best(self) -> str:
        return self.texts[int(self.probabilities.argmax())]

    def word_confidences(self, spoken: Callable[[str], str] = str) -> list[float]:
        """For each word of the best text, the total probability of texts with the same word at this position.

        `spoken`: maps a text to its spoken form; a word of several spoken words gets the minimum. Texts of
        another length are compared from the nearer end.
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


def fuse_scores(
    texts: Sequence[str], sound: Scores, lips: Scores, *, clearness: float, known: float
) -> FusedText:
    """Posterior of `texts` from natural log-probabilities of both, each of shape (texts,).

    `clearness`: reliability of the sound's scores, 1 for calibrated probabilities. `known`: probability that
    the lip model knows this face, 0 to 1.
    """
    heard = _normalised(clearness * np.asarray(sound, float))
    prior = known * KNOWN_FACE + (1 - known) * STRANGER
    joint = np.stack([heard + _normalised(factor * np.asarray(lips, float)) for factor in TEMPERATURES])
    joint += np.log(prior / prior.sum())[:, None]
    total = np.logaddexp.reduce(joint, axis=None)
    probabilities = np.exp(np.logaddexp.reduce(joint, axis=0) - total)
    factors = np.exp(np.logaddexp.reduce(joint, axis=1) - total)
    factor = float(factors @ TEMPERATURES)
    return FusedText(tuple(texts), probabilities, factor / (factor + clearness))


def _normalised(log_probs: Scores) -> Scores:
    normalised: Scores = log_probs - np.logaddexp.reduce(log_probs)
    return normalised
