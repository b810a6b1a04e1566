"""Rescoring of the n-best list with a decoder that scores whole texts.

Watanabe et al. 2017, "Hybrid CTC/attention architecture for end-to-end speech recognition", section III-C:
weighted sum of the log-probabilities of the attention decoder and of CTC.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from klipnet_live.decoding.transcript import CtcHypothesis
from klipnet_live.types import FloatArray

RESCORED_TEXTS: Final = 8
"""More take longer, and the right text is rarely below the eighth place."""

CTC_WEIGHT: Final = 0.1
"""As in the published decoding of the imported models."""

Score = Callable[[Sequence[Sequence[int]]], FloatArray]
"""Maps texts, as symbol ids, to their natural log-probabilities, shape (texts,)."""


def rescore(
    hypotheses: Sequence[CtcHypothesis], score: Score, n: int = RESCORED_TEXTS
) -> list[CtcHypothesis]:
    """The best `n` hypotheses ordered by both scores; the sum of their masses is unchanged."""
    best = list(hypotheses[:n])
    if len(best) < 2:
        return best
    masses = np.array([hypothesis.mass for hypothesis in best])
    logs = CTC_WEIGHT * np.log(masses) + (1 - CTC_WEIGHT) * score([hypothesis.ids for hypothesis in best])
    weights = np.exp(logs - logs.max())
    shares = np.maximum(masses.sum() * weights / weights.sum(), np.finfo(np.float64).tiny)
    again = [hypothesis._replace(mass=float(mass)) for hypothesis, mass in zip(best, shares, strict=True)]
    return sorted(again, key=lambda hypothesis: -hypothesis.mass)
