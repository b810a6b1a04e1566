"""Word confidence: the share of hypotheses that agree, times the probability in the word's own frames.

The share alone is overconfident: a beam of 16 soon agrees on all but the newest words. On 90 lines with
29 % WER the second factor raises the area under the ROC curve from 0.87 to 0.91, and from 0.62 to 0.80
for a stream with 56 % WER.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from klipnet_live.decoding.calibration import Calibration
from klipnet_live.decoding.transcript import CtcHypothesis, FrameSpan, Transcript, split_words, transcript_of
from klipnet_live.lips.alphabet import Alphabet

WORD_SLACK_FRAMES: Final = 3
"""Two hypotheses may emit the same short word a few frames apart."""


def transcribe(
    hypotheses: Sequence[CtcHypothesis], alphabet: Alphabet, calibration: Calibration, log_unit: float = 0.0
) -> Transcript:
    """Transcript of the best hypothesis, with word confidences from all of them.

    `hypotheses`: best first. `log_unit`: natural logarithm of the probability that a mass of 1 stands for.
    Without hypotheses the transcript is empty and has confidence 0.
    """
    if not hypotheses:
        return Transcript("", "", (), 0.0, -math.inf)
    best = hypotheses[0]
    spans = [split_words(hypothesis, alphabet) for hypothesis in hypotheses]
    masses = [hypothesis.mass for hypothesis in hypotheses]
    posteriors = word_posteriors(spans[0], spans, masses)
    confidences = [
        calibration(p * word.evidence, word.text) for p, word in zip(posteriors, spans[0], strict=True)
    ]
    silence = sum(mass for mass, held in zip(masses, spans, strict=True) if not held) / sum(masses)
    log_prob = math.log(best.mass) + log_unit
    return transcript_of(best.ids, spans[0], confidences, silence, log_prob, alphabet)


def word_posteriors(
    best: Sequence[FrameSpan], hypotheses: Sequence[Sequence[FrameSpan]], masses: Sequence[float]
) -> list[float]:
    """For each word of `best`, the share of `masses` whose hypothesis has the same word at the same time.

    Wessel, Schlüter, Macherey, Ney 2001, "Confidence measures for large vocabulary continuous
    speech recognition": the sum over overlapping equal words.
    """
    total = sum(masses)
    return [
        sum(
            mass
            for mass, spans in zip(masses, hypotheses, strict=True)
            if any(_same(word, other) for other in spans)
        )
        / total
        for word in best
    ]


def _same(word: FrameSpan, other: FrameSpan) -> bool:
    return (
        word.text == other.text
        and word.first_frame <= other.last_frame + WORD_SLACK_FRAMES
        and other.first_frame <= word.last_frame + WORD_SLACK_FRAMES
    )
