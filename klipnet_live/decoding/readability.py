"""Decides whether a model can read a line at all; other lines are not shown as read.

A network trained on a few dozen words writes these words whatever is said. Its uncertainty gives it away:
the entropy of its output in the frames in which it writes. Hendrycks, Gimpel 2017, "A baseline for detecting
misclassified and out-of-distribution examples in neural networks". `python -m benchmarks.truth_of_captions`
measures this on people and languages that no bundled model has seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from klipnet_live.lips.alphabet import BLANK
from klipnet_live.types import FloatArray

BLANK_THRESHOLD: Final = 0.9
"""A frame with a blank at least this probable emits nothing and is not counted."""

MIN_FRAMES: Final = 12
"""An open line is judged once it has this many non-blank frames: about two words."""

_CLIP: Final = 1e-5


@dataclass(frozen=True, slots=True)
class LineEntropies:
    """Mean entropy in nats of each head's non-blank frames, and the number of the final head's."""

    final: float
    stream: float
    frames: int

    @classmethod
    def of(cls, final: FloatArray, stream: FloatArray) -> LineEntropies:
        """From the log-probabilities of both heads, each of shape (time, symbols)."""
        entropy, frames = _entropy(final)
        return cls(entropy, _entropy(stream)[0], frames)


@dataclass(frozen=True, slots=True)
class LineEvidence:
    """Evidence for a line. `doubt`: weighted mean entropy in nats; `frames`: number of non-blank frames."""

    doubt: float
    frames: int


NO_EVIDENCE: Final = LineEvidence(10.0, 0)
"""Before the first hypothesis: more doubt than any line has."""


@dataclass(frozen=True, slots=True)
class Readability:
    """Which lines are readable, and the confidence of their words. By default every line is readable.

    The doubt of a line is the mean entropy of the final head's non-blank frames plus `stream_weight` times
    that of the streaming head's. A line with more doubt than `most_doubt` is not shown as read. A word of
    confidence c gets the confidence sigmoid(slope * logit(c) + doubt_weight * doubt + offset): unseen
    speakers are read less accurately than training speakers, and with more doubt.
    """

    most_doubt: float = math.inf
    stream_weight: float = 0.0
    slope: float = 1.0
    doubt_weight: float = 0.0
    offset: float = 0.0

    def judge(self, entropies: LineEntropies) -> LineEvidence:
        """Evidence for a line, from the entropies of both heads."""
        return LineEvidence(entropies.final + self.stream_weight * entropies.stream, entropies.frames)

    def accepts(self, evidence: LineEvidence) -> bool:
        """Whether a finished line is shown as read."""
        return evidence.doubt <= self.most_doubt

    def accepts_partial(self, evidence: LineEvidence) -> bool:
        """Whether an open line is already shown as read."""
        enough = evidence.frames >= MIN_FRAMES or self.most_doubt == math.inf
        return enough and self.accepts(evidence)

    def confidence(self, confidence: float, evidence: LineEvidence) -> float:
        """Probability that a word is right, given its calibrated `confidence` and its line's evidence."""
        if (self.slope, self.doubt_weight, self.offset) == (1.0, 0.0, 0.0):
            return confidence
        clipped = min(max(confidence, _CLIP), 1 - _CLIP)
        logit = math.log(clipped / (1 - clipped))
        log_odds = self.slope * logit + self.doubt_weight * evidence.doubt + self.offset
        return 1 / (1 + math.exp(-log_odds))


def _entropy(log_probs: FloatArray) -> tuple[float, int]:
    """Mean entropy of the non-blank frames in nats, and their number.

    Without such frames it is the entropy of the uniform distribution.
    """
    written = log_probs[np.exp(log_probs[:, BLANK]) < BLANK_THRESHOLD].astype(np.float64)
    if not len(written):
        return math.log(log_probs.shape[1]), 0
    return float(-(np.exp(written) * written).sum(axis=1).mean()), len(written)


ALL_READABLE: Final = Readability()
"""For models without measured thresholds."""
