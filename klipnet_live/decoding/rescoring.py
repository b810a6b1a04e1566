"""Rescoring of the n-best list with networks that score whole texts.

Watanabe et al. 2017, "Hybrid CTC/attention architecture for end-to-end speech recognition", section III-C:
weighted sum of the log-probabilities of the attention decoder and of CTC; a language model and a bonus for
each symbol are added as in ESPnet. The published decoding of the imported models uses this sum throughout
its search; here, where a line must end in time, it only reorders the texts that CTC has found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klipnet_live.decoding.transcript import CtcHypothesis
from klipnet_live.types import FloatArray

RESCORED_TEXTS: Final = 8
"""Time grows with their number. The beam of a line keeps 24."""

MAX_WEIGHT: Final = 100.0

Score = Callable[[Sequence[Sequence[int]]], FloatArray]
"""Maps texts, as symbol ids, to the natural log-probabilities of each text and its end, shape (texts,)."""


@dataclass(frozen=True, slots=True)
class RescoringWeights:
    """Weights of the sum: (1 - ctc) decoder + ctc CTC + language_model LM + length_bonus symbols.

    Raises ValueError for weights out of range.
    """

    ctc: float = 0.1
    language_model: float = 0.0
    length_bonus: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.ctc <= 1:
            raise ValueError(f"expected a CTC weight between 0 and 1, got {self.ctc}")
        for weight in (self.language_model, self.length_bonus):
            if not abs(weight) <= MAX_WEIGHT:
                raise ValueError(f"expected weights of at most {MAX_WEIGHT}, got {weight}")


@dataclass(frozen=True, slots=True)
class Rescorer:
    """Rescores the texts of one line. `decoder` has seen the line, `language_model` has not."""

    weights: RescoringWeights
    decoder: Score | None = None
    language_model: Score | None = None

    def __call__(self, hypotheses: Sequence[CtcHypothesis], n: int = RESCORED_TEXTS) -> list[CtcHypothesis]:
        """The best `n` hypotheses ordered by all scores; the sum of their masses is unchanged."""
        best = list(hypotheses[:n])
        if len(best) < 2:
            return best
        masses = np.array([hypothesis.mass for hypothesis in best])
        logs = self._scores([hypothesis.ids for hypothesis in best], np.log(masses))
        shares = np.exp(logs - logs.max())
        again = np.maximum(masses.sum() * shares / shares.sum(), np.finfo(np.float64).tiny)
        rescored = [one._replace(mass=float(mass)) for one, mass in zip(best, again, strict=True)]
        return sorted(rescored, key=lambda hypothesis: -hypothesis.mass)

    def _scores(self, texts: Sequence[Sequence[int]], ctc: NDArray[np.float64]) -> NDArray[np.float64]:
        weights = self.weights
        scores = weights.ctc * ctc + weights.length_bonus * np.array([len(text) for text in texts])
        if self.decoder is not None:
            scores = scores + (1 - weights.ctc) * self.decoder(texts)
        if self.language_model is not None:
            scores = scores + weights.language_model * self.language_model(texts)
        return scores
