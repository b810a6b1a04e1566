"""The best texts of a search, weighed again by a decoder that reads each text as a whole.

Watanabe et al. 2017, "Hybrid CTC/attention architecture for end-to-end speech recognition", section III-C:
the attention decoder's log-probability and CTC's, weighted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from klipnet_live.decoding.transcript import Reading
from klipnet_live.types import FloatArray

RESCORED_TEXTS: Final = 8
"""More cost time, and the right text is hardly ever below the eighth."""

CTC_WEIGHT: Final = 0.1
"""As the published decoding of the imported models has it."""

Score = Callable[[Sequence[Sequence[int]]], FloatArray]
"""Natural log-probability of each text, given as its symbols."""


def rescored(readings: Sequence[Reading], score: Score, n: int = RESCORED_TEXTS) -> list[Reading]:
    """The best `n` of `readings`, best first by both scores; their masses sum to what they were."""
    best = list(readings[:n])
    if len(best) < 2:
        return best
    masses = np.array([reading.mass for reading in best])
    logs = CTC_WEIGHT * np.log(masses) + (1 - CTC_WEIGHT) * score([reading.ids for reading in best])
    weights = np.exp(logs - logs.max())
    shares = np.maximum(masses.sum() * weights / weights.sum(), np.finfo(np.float64).tiny)
    again = [reading._replace(mass=float(mass)) for reading, mass in zip(best, shares, strict=True)]
    return sorted(again, key=lambda reading: -reading.mass)
