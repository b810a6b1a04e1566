"""Delay of sound behind video, caused by players, sound servers and screens.

With a null sink the delay was 35 to 340 ms, which is more than the lead of a mouth over its voice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klipnet_live.fusion.envelope import VoiceEnvelope
from klipnet_live.fusion.mouths import MouthTrack
from klipnet_live.fusion.who import correlations

LAGS_S: Final = np.arange(-0.5, 0.601, 0.02)
NOMINAL_S: Final = 0.06
"""Lead of a mouth over its voice without a delay: the middle of `who.LAGS_S`."""

TRIED_S: Final = (0.0, -0.15, 0.15, -0.3, 0.3)
"""Delays to try while it is unknown."""

MIN_DURATION_S: Final = 1.2
"""Minimum duration of an utterance for learning the delay."""

FEWEST: Final = 2
"""Number of utterances to learn from: a single one gave 0.24 s where the sound was 0.15 s early."""

_CLEAR: Final = 0.5
_AHEAD: Final = 0.1
"""Minimum correlation of the best mouth, and its minimum lead over the others."""
_FORGET: Final = 0.85
_MARGIN_S: Final = 0.5


class SoundDelay:
    """Learns the delay from utterances with a clear speaker. `seconds`: 0 until it is known."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._learnt = 0
        self._curve: NDArray[np.float64] = np.zeros(len(LAGS_S))

    @property
    def is_known(self) -> bool:
        """Whether enough was learnt."""
        return self._learnt >= FEWEST

    def learn(
        self, mouths: Mapping[str, MouthTrack], envelope: VoiceEnvelope, start_s: float, end_s: float
    ) -> None:
        """Learn from an utterance between `start_s` and `end_s`."""
        if end_s - start_s < MIN_DURATION_S:
            return
        span = start_s - _MARGIN_S, end_s + _MARGIN_S
        found = [correlations(mouth, envelope, *span, LAGS_S) for mouth in mouths.values()]
        curves = sorted((curve for curve in found if curve is not None), key=lambda curve: -curve.max())
        if not curves or curves[0].max() < _CLEAR:
            return
        if len(curves) > 1 and curves[0].max() - curves[1].max() < _AHEAD:
            return
        self._curve = _FORGET * self._curve + curves[0]
        self._learnt += 1
        if self.is_known:
            self.seconds = float(LAGS_S[int(self._curve.argmax())]) - NOMINAL_S
