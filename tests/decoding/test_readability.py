"""Doubt about a line and about its words, from the network's output alone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from klipnet_live.decoding.readability import ALL_READABLE, LineEntropies, LineEvidence, Readability
from klipnet_live.types import FloatArray

FITTED = Readability(most_doubt=0.5, stream_weight=0.2, slope=0.5, doubt_weight=-4.0, offset=2.5)


def output(*rows: tuple[float, ...]) -> FloatArray:
    return np.log(np.array(rows, np.float32))


SURE = (0.02, 0.96, 0.02)
TORN = (0.02, 0.49, 0.49)
BLANK = (0.98, 0.01, 0.01)


def test_doubt_is_the_mean_entropy_of_written_frames() -> None:
    of_sure, of_torn = (-sum(p * math.log(p) for p in row) for row in (SURE, TORN))
    evidence = FITTED.judge(LineEntropies.of(output(BLANK, SURE, BLANK, TORN), output(TORN, BLANK)))
    assert evidence.doubt == pytest.approx((of_sure + of_torn) / 2 + 0.2 * of_torn, abs=1e-5)
    assert evidence.frames == 2


def test_silence_adds_no_doubt() -> None:
    line, stream = output(SURE, TORN), output(SURE)
    with_silence = np.concatenate([output(BLANK), line, output(BLANK, BLANK)])
    assert LineEntropies.of(with_silence, stream) == LineEntropies.of(line, stream)


def test_a_line_with_ambiguous_symbols_is_unreadable() -> None:
    sure = FITTED.judge(LineEntropies.of(output(*[SURE] * 20), output(*[SURE] * 20)))
    torn = FITTED.judge(LineEntropies.of(output(*[TORN] * 20), output(*[TORN] * 20)))
    assert FITTED.accepts(sure)
    assert FITTED.accepts_partial(sure)
    assert not FITTED.accepts(torn)


def test_an_output_without_symbols_is_unreadable() -> None:
    assert not FITTED.accepts(FITTED.judge(LineEntropies.of(output(BLANK, BLANK), output(BLANK, BLANK))))


def test_an_open_line_needs_more_evidence_than_a_completed_one() -> None:
    short = FITTED.judge(LineEntropies.of(output(*[SURE] * 3), output(*[SURE] * 3)))
    assert FITTED.accepts(short)
    assert not FITTED.accepts_partial(short)


def test_words_of_a_doubtful_line_have_lower_confidence() -> None:
    confidences = [FITTED.confidence(0.9, LineEvidence(doubt, 20)) for doubt in (0.2, 0.5, 1.0)]
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[0] > 0.9
    assert confidences[2] < 0.5
    assert FITTED.confidence(0.99, LineEvidence(0.3, 20)) > FITTED.confidence(0.5, LineEvidence(0.3, 20))


@pytest.mark.parametrize("confidence", [0.0, 0.3, 1.0])
def test_a_model_without_measurements_keeps_the_confidence(confidence: float) -> None:
    torn = ALL_READABLE.judge(LineEntropies.of(output(TORN, TORN), output(TORN)))
    assert ALL_READABLE.accepts_partial(torn)
    assert ALL_READABLE.confidence(confidence, torn) == confidence


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_confidence_stays_a_probability(confidence: float) -> None:
    assert 0 < FITTED.confidence(confidence, LineEvidence(0.3, 20)) < 1
