"""How sure a word is: the share of the hypotheses that agree, times what its frames say for it.

The share alone is too sure: a beam of 16 soon agrees on all but the newest words. Measured on 90
lines with 29 % WER, the area under the ROC curve rises from 0.87 to 0.91 by the second factor,
and from 0.62 to 0.80 for a stream with 56 % WER.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from klipnet_live.decoding.calibration import Calibration
from klipnet_live.decoding.transcript import Reading, Span, Transcript, split_words, transcript_of
from klipnet_live.lips.alphabet import Alphabet

WORD_SLACK_FRAMES: Final = 3
"""The same short word may be written a few frames apart in two hypotheses."""


def transcribe(
    readings: Sequence[Reading], alphabet: Alphabet, calibration: Calibration, log_unit: float = 0.0
) -> Transcript:
    """The first of `readings`; the others, and it, are the votes on its words.

    `log_unit`: natural logarithm of the probability that a mass of 1 stands for. Without a reading
    nothing was read, with confidence 0.
    """
    if not readings:
        return Transcript("", "", (), 0.0, -math.inf)
    best = readings[0]
    spans = [split_words(reading, alphabet) for reading in readings]
    masses = [reading.mass for reading in readings]
    posteriors = word_posteriors(spans[0], spans, masses)
    confidences = [
        calibration(p * word.evidence, word.text) for p, word in zip(posteriors, spans[0], strict=True)
    ]
    silence = sum(mass for mass, held in zip(masses, spans, strict=True) if not held) / sum(masses)
    log_prob = math.log(best.mass) + log_unit
    return transcript_of(best.ids, spans[0], confidences, silence, log_prob, alphabet)


def word_posteriors(
    best: Sequence[Span], hypotheses: Sequence[Sequence[Span]], masses: Sequence[float]
) -> list[float]:
    """Share of `masses` whose hypothesis holds the same word at the same time.

    Wessel, Schlüter, Macherey, Ney 2001, "Confidence measures for large vocabulary continuous
    speech recognition", the sum over overlapping equal words.
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


def _same(word: Span, other: Span) -> bool:
    return (
        word.text == other.text
        and word.first_frame <= other.last_frame + WORD_SLACK_FRAMES
        and other.first_frame <= word.last_frame + WORD_SLACK_FRAMES
    )
