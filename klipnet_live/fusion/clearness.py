"""How far a recogniser's scores can be believed: less in noise, where it is as sure of what was not said."""

from __future__ import annotations

from typing import Final

import numpy as np

LEAST: Final = 0.1
MOST: Final = 0.8
MOST_FREE: Final = 0.3
MIXED: Final = 0.15
"""Where two speak at once: a recogniser makes one sentence of both."""

_SCORES: Final = (-7.4, -2.2)
"""Log-probability of a word of the best text of a grammar: GRID with babble at -5 dB, and clean."""

_SPREAD_DB: Final = (14.0, 32.0)
"""Of the voice over the quietest tenth: at -5 dB, and in hardly any noise."""


def clearness_by_score(log_prob_per_word: float) -> float:
    """Where only the texts of a grammar are compared: the noisier, the less any of them fits.

    It follows the errors of Moonshine tiny over all noises, where the level alone does not: white noise of
    0 dB harms it as babble of 2 dB does.
    """
    return float(np.interp(log_prob_per_word, _SCORES, (LEAST, MOST)))


def clearness_by_spread(spread_db: float) -> float:
    """Where any text may be written: a recogniser is sure of it in every noise, so the level decides.

    Even of clear sound it is surer of everyday words than lips that know a face and its words should allow.
    """
    return float(np.interp(spread_db, _SPREAD_DB, (LEAST, MOST_FREE)))
