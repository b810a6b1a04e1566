"""Whether a line is speech that its model can read: lines of anything else are not shown as read.

A network that was trained with some dozens of words writes these words whatever is said. What gives it
away is how undecided it is where it writes: the entropy of its output there. Hendrycks, Gimpel 2017, "A
baseline for detecting misclassified and out-of-distribution examples in neural networks".
`python -m benchmarks.truth_of_captions` measures it on people and on languages that no model here has seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from klipnet_live.lips.alphabet import BLANK
from klipnet_live.types import FloatArray

NOTHING_WRITTEN: Final = 0.9
"""A frame whose blank is at least this probable writes nothing, and says nothing about the line."""

LEAST_FRAMES: Final = 12
"""An open line is judged from so many written frames on: about the first two words."""

_CLIP: Final = 1e-5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a line. `doubt`: in nats; `frames`: those in which something is written."""

    doubt: float
    frames: int


NO_EVIDENCE: Final = Evidence(10.0, 0)
"""Before the first reading: more doubt than any line has."""


@dataclass(frozen=True, slots=True)
class Readability:
    """Which lines are readable, and how sure their words are. Without arguments nothing is doubted.

    The doubt of a line is the mean entropy of the final head's written frames plus `stream_weight` times that
    of the streaming head's. A line with more than `most_doubt` is not shown as read. A word of confidence c
    has the confidence sigmoid(slope * logit(c) + doubt_weight * doubt + offset): strangers are read worse
    than the people of the training, and with more doubt.
    """

    most_doubt: float = math.inf
    stream_weight: float = 0.0
    slope: float = 1.0
    doubt_weight: float = 0.0
    offset: float = 0.0

    def judge(self, final: FloatArray, stream: FloatArray) -> Evidence:
        """Evidence from log-probabilities of both heads, (time, symbols)."""
        entropy, frames = _entropy(final)
        return Evidence(entropy + self.stream_weight * _entropy(stream)[0], frames)

    def accepts(self, evidence: Evidence) -> bool:
        """Whether a line that has ended is shown as read."""
        return evidence.doubt <= self.most_doubt

    def accepts_so_far(self, evidence: Evidence) -> bool:
        """Whether an open line is shown as read already."""
        enough = evidence.frames >= LEAST_FRAMES or self.most_doubt == math.inf
        return enough and self.accepts(evidence)

    def confidence(self, confidence: float, evidence: Evidence) -> float:
        """The probability that a word is right, given that of its calibration, and its line."""
        if (self.slope, self.doubt_weight, self.offset) == (1.0, 0.0, 0.0):
            return confidence
        clipped = min(max(confidence, _CLIP), 1 - _CLIP)
        logit = math.log(clipped / (1 - clipped))
        log_odds = self.slope * logit + self.doubt_weight * evidence.doubt + self.offset
        return 1 / (1 + math.exp(-log_odds))


def _entropy(log_probs: FloatArray) -> tuple[float, int]:
    """Mean entropy of the frames in which something is written, in nats, and their number.

    Where nothing is written the entropy is that of an output that knows nothing.
    """
    written = log_probs[np.exp(log_probs[:, BLANK]) < NOTHING_WRITTEN].astype(np.float64)
    if not len(written):
        return math.log(log_probs.shape[1]), 0
    return float(-(np.exp(written) * written).sum(axis=1).mean()), len(written)


ALL_READABLE: Final = Readability()
"""For a model of which nothing was measured."""
