"""Reliability of a recogniser's scores, which is lower in noise, where it is overconfident."""

from __future__ import annotations

from typing import Final

import numpy as np

LEAST: Final = 0.1
MOST: Final = 0.8
MOST_FREE: Final = 0.3
MIXED: Final = 0.15
"""For simultaneous speakers, whose words a recogniser merges into one sentence."""

_SCORES: Final = (-7.4, -2.2)
"""Log-probability per word of the best sentence of a grammar: GRID with babble at -5 dB, and clean."""

_SPREAD_DB: Final = (14.0, 32.0)
"""Level of the voice above the quietest tenth: at -5 dB, and with hardly any noise."""


def clearness_by_score(log_prob_per_word: float) -> float:
    """Reliability if only sentences of a grammar are compared: the noisier, the worse the best one fits.

    This follows the errors of Moonshine tiny over all noises, unlike the level: white noise at 0 dB is as
    harmful as babble at 2 dB.
    """
    return float(np.interp(log_prob_per_word, _SCORES, (LEAST, MOST)))


def clearness_by_spread(spread_db: float) -> float:
    """Reliability for free text: a recogniser is confident of it in any noise, so the level decides.

    Even for clean sound the value is limited, because the recogniser favours everyday words over lip reading
    of a known face.
    """
    return float(np.interp(spread_db, _SPREAD_DB, (LEAST, MOST_FREE)))
