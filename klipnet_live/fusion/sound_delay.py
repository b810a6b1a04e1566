"""Delay of sound behind video, caused by players, sound servers and screens.

With a null sink the delay was -150 to 340 ms, which is more than the lead of a mouth over its voice. It is
estimated from what is said: each utterance makes those delays likely at which the mouth that speaks explains
its loudness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from klipnet_live.fusion.ctc import Scores
from klipnet_live.fusion.envelope import VoiceEnvelope
from klipnet_live.fusion.mouths import MouthTrack
from klipnet_live.fusion.who import correlate
from klipnet_live.types import FPS

LEAD_S: Final = 0.06
"""Lead of a mouth over its voice without a delay: the middle of `who.LAGS_S`."""

DELAYS_S: Final[Scores] = 0.02 * np.arange(-28.0, 28.0)
"""Possible delays."""

_USUAL_S: Final = 0.25
"""Standard deviation of delays before anything is heard."""

_INDEPENDENT_S: Final = 0.3
"""Time between independent values of a mouth or a voice."""

_SPEAKS: Final = 0.3
"""Minimum mean probability of speech of a mouth that may have said an utterance."""

_FORGET: Final = 0.85
"""Weight of what was learnt before an utterance, since delays change."""

_MARGIN_S: Final = 0.5
_FEWEST: Final = 8
_MOST: Final = 0.99


@dataclass(frozen=True, slots=True)
class DelayEstimate:
    """Delay of one utterance. `seconds`: the most probable one, given also the utterances before.

    `evidence`: log-likelihood of each of `DELAYS_S` from this utterance alone; None without any.
    """

    seconds: float
    evidence: Scores | None = None


NO_DELAY: Final = DelayEstimate(0.0)


class SoundDelay:
    """The probability of each delay, given the utterances so far. `seconds`: the most probable one."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._learnt: Scores = np.zeros(len(DELAYS_S))

    def estimate(
        self, mouths: Mapping[str, MouthTrack], envelope: VoiceEnvelope, start_s: float, end_s: float
    ) -> DelayEstimate:
        """The delay of an utterance between `start_s` and `end_s` on the clock of the sound."""
        evidence = _log_likelihoods(mouths, envelope, start_s, end_s)
        return DelayEstimate(_most_probable(self._learnt + evidence), evidence)

    def learn(self, estimate: DelayEstimate) -> None:
        """Learn from a finished utterance."""
        if estimate.evidence is not None:
            self._learnt = _FORGET * self._learnt + estimate.evidence
            self.seconds = _most_probable(self._learnt)


def _most_probable(log_likelihoods: Scores) -> float:
    prior = -0.5 * np.square(DELAYS_S / _USUAL_S)
    return float(DELAYS_S[int((log_likelihoods + prior).argmax())])


def _log_likelihoods(
    mouths: Mapping[str, MouthTrack], envelope: VoiceEnvelope, start_s: float, end_s: float
) -> Scores:
    """Of each delay: how much better the only mouth that speaks explains the loudness than chance.

    A signal that correlates by r with n independent values explains them better by -n/2 log(1 - r²). Motion
    is precise, but similar from syllable to syllable; the probability of speech tells the utterance from its
    surroundings.
    """
    speaking = [mouth for mouth in mouths.values() if mouth.speaking(start_s, end_s) >= _SPEAKS]
    known_s = min([envelope.end_s, *(mouth.end_s for mouth in speaking)])
    times = np.arange(start_s - _MARGIN_S, min(end_s + _MARGIN_S, known_s), 1 / FPS)
    if len(speaking) != 1 or len(times) < _FEWEST:
        return np.zeros(len(DELAYS_S))
    levels = envelope.at_lags(times, DELAYS_S + LEAD_S)
    found = np.array([correlate(signal, levels) for signal in speaking[0].at(times)])
    better = -np.log(1 - np.square(np.clip(found, 0.0, _MOST))).sum(axis=0)
    return np.asarray(np.logaddexp(0.0, (end_s - start_s) / _INDEPENDENT_S / 2 * better))
