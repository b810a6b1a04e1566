"""Speaker attribution: the face whose mouth moves with the voice, or nobody in view.

A mouth opens before its vowel is loud, so motion leads the sound a little: Chandrasekaran et al. 2009, "The
natural statistics of audiovisual speech".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from klipnet_live.fusion.ctc import Scores
from klipnet_live.fusion.envelope import VoiceEnvelope
from klipnet_live.fusion.mouths import MOVING, MouthTrack
from klipnet_live.types import FPS, OFF_SCREEN, Word

LAGS_S: Final = np.arange(-0.04, 0.161, 0.02)
"""Possible delays of sound behind motion."""

AROUND_S: Final = 1.2
"""Range around a word in which motion and loudness are compared: of two mouths with different rhythm the
right one has the higher correlation for 80 % of words with 0.5 s, 95 % with 0.8 s and 99 % with this."""

_MOMENT_S: Final = 1.0

_SPEAKING: Final = 0.5
"""Probability of speech from which a mouth in view speaks."""

_SEEN: Final = 0.3
"""Minimum share of a word's frames that must exist."""

_EDGE_S: Final = 0.06
_FEWEST: Final = 8


@dataclass(frozen=True, slots=True)
class MouthEvidence:
    """Evidence of one mouth for one word.

    `speaking`: speech probability of the lip model. `moving`: log ratio of the motion to that of possible
    speech. `together`: correlation of motion and loudness, -1 to 1. `spelled`: how well the lips spell the
    word, at most 0, from `spotting_score`; None if unknown.
    """

    speaking: float
    moving: float
    together: float
    spelled: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds that a visible mouth, and not somebody out of view, says a word: logistic regression."""

    bias: float
    speaking: float
    moving: float
    together: float
    spelled: float = 0.0

    def __call__(self, found: MouthEvidence) -> float:
        return (
            self.bias
            + self.speaking * found.speaking
            + self.moving * found.moving
            + self.together * found.together
            + self.spelled * max(-6.0, found.spelled or 0.0)
        )


ANY_WORD: Final = Weights(-7.3, 6.95, 0.24, 4.24)
KNOWN_WORD: Final = Weights(-4.3, 3.86, 1.72, 3.11, 0.78)
"""Fitted on scenes with four mouths: one speaks, one may mouth other words, and in two of three scenes the
speaker is out of view; clean and with babble at 5 and 0 dB; GRID's s1, s26 and s31."""

IN_VIEW: Final = 2.0
"""Log-odds, once per utterance, for a mouth in view that speaks. In the scenes of the fit half of such mouths
were silent; in a meeting, they nearly always belong to the voice."""

CHANGE: Final = 5.0
"""Log-odds against a change of speaker between two words; reduced after a pause."""


@dataclass(frozen=True, slots=True)
class SpokenBy:
    """Speaker of a word, and its probability.

    `contested`: off screen, although a mouth in view speaks in this word or in one beside it.
    """

    speaker: str
    probability: float
    contested: bool = False


def evidence(
    mouth: MouthTrack,
    envelope: VoiceEnvelope,
    start_s: float,
    end_s: float,
    spelled: float | None = None,
    delay_s: float = 0.0,
) -> MouthEvidence | None:
    """How well a mouth fits speech from `start_s` to `end_s`, on the clock of the video.

    None if its frames are missing.
    """
    near = start_s - _EDGE_S, end_s + _EDGE_S
    _, motion = mouth.motion(*near)
    if not len(motion) or len(motion) < _SEEN * FPS * (near[1] - near[0]):
        return None
    moving = float(motion.mean()) - math.log(MOVING)
    middle = (start_s + end_s) / 2
    together = correlation(mouth, envelope, middle - AROUND_S, middle + AROUND_S, delay_s)
    return MouthEvidence(mouth.speaking(*near), min(max(moving, -1.5), 2.5), together, spelled)


def correlation(
    mouth: MouthTrack, envelope: VoiceEnvelope, start_s: float, end_s: float, delay_s: float = 0.0
) -> float:
    """Maximum correlation of motion and loudness over `LAGS_S`; 0 if there is too little data.

    `delay_s`: delay of the envelope behind the clock of the video.
    """
    times, motion = mouth.motion(start_s, min(end_s, envelope.end_s))
    if len(times) < _FEWEST:
        return 0.0
    return float(correlate(motion, envelope.at_lags(times, LAGS_S + delay_s)).max())


def correlate(signal: Scores, levels: Scores) -> Scores:
    """Correlation of a signal, (times,), with each row of `levels`, (lags, times); 0 for constant ones."""
    signal, levels = signal - signal.mean(), levels - levels.mean(axis=1, keepdims=True)
    scales = np.sqrt(np.square(signal).sum() * np.square(levels).sum(axis=1))
    return np.asarray(levels @ signal / np.maximum(scales, 1e-6))


def attribute(
    words: Sequence[Word],
    mouths: Mapping[str, MouthTrack],
    envelope: VoiceEnvelope,
    spelled: Callable[[str, Word], float | None] = lambda speaker, word: None,
    delay_s: float = 0.0,
) -> list[SpokenBy]:
    """Speaker of each word, from the most probable sequence of speakers.

    `words`: on the clock of the video. `spelled`: how well a speaker's lips spell a word, if known.
    `delay_s`: delay of the envelope behind that clock. Probabilities come from the forward-backward
    algorithm, the sequence from Viterbi's.
    """
    if not words:
        return []
    # If frames of somebody who was just in view are missing, the speaker is uncertain.
    begin_s, end_s = words[0].start_s - _MOMENT_S, words[-1].end_s + _MOMENT_S
    seen = [name for name, mouth in mouths.items() if mouth.was_seen(begin_s, end_s)]
    names = [*seen, OFF_SCREEN]
    odds = np.zeros((len(words), len(names)))
    contested, speaks = np.zeros(len(words), bool), np.zeros(len(names), bool)
    for i, word in enumerate(words):
        for j, name in enumerate(seen):
            spells = spelled(name, word)
            found = evidence(mouths[name], envelope, word.start_s, word.end_s, spells, delay_s)
            if found is not None:
                odds[i, j] = (ANY_WORD if found.spelled is None else KNOWN_WORD)(found)
                if found.speaking >= _SPEAKING:
                    speaks[j] = contested[i] = True
    odds[0, speaks] += IN_VIEW
    changes = [CHANGE * _held(before, after) for before, after in pairwise(words)]
    path, marginals = _decoded(odds, changes)
    beside = np.pad(contested, 1)
    contested |= beside[:-2] | beside[2:]
    return [
        SpokenBy(names[k], float(row[k]), names[k] == OFF_SCREEN and bool(doubt))
        for k, row, doubt in zip(path, marginals, contested, strict=True)
    ]


def _held(before: Word, after: Word) -> float:
    """Weight of the penalty for a change of speaker between two words: 1 without a pause, less with one."""
    pause_s = max(0.0, after.start_s - before.end_s)
    return 1.0 / (1.0 + 2.0 * pause_s)


def _decoded(odds: Scores, changes: Sequence[float]) -> tuple[list[int], Scores]:
    """The best path through the speakers, and the probability of each speaker for each word."""
    count = odds.shape[1]
    steps = [-change * (1 - np.eye(count)) for change in changes]
    best, back = odds[0], []
    for row, step in zip(odds[1:], steps, strict=True):
        ways = best[:, None] + step
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    forward, backward = [odds[0]], [np.zeros(count)]
    for row, step in zip(odds[1:], steps, strict=True):
        forward.append(np.logaddexp.reduce(forward[-1][:, None] + step, axis=0) + row)
    for row, step in zip(odds[:0:-1], reversed(steps), strict=True):
        backward.append(np.logaddexp.reduce(step + (row + backward[-1])[None, :], axis=1))
    joint = np.array(forward) + np.array(backward[::-1])
    marginals = np.exp(joint - np.logaddexp.reduce(joint, axis=1, keepdims=True))
    return path[::-1], marginals
