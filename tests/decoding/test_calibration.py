from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.decoding.calibration import (
    UNCALIBRATED,
    Calibration,
    expected_calibration_error,
    fit_calibration,
    reliability,
)


def overconfident(words: int = 4000) -> tuple[list[float], list[bool]]:
    """Posteriors whose true odds are their cube root."""
    random = np.random.default_rng(3)
    truth = random.uniform(0.2, 0.98, words)
    odds = (truth / (1 - truth)) ** 3
    return (odds / (1 + odds)).tolist(), (random.uniform(size=words) < truth).tolist()


def test_fitting_corrects_overconfident_posteriors() -> None:
    posteriors, correct = overconfident()
    calibration = fit_calibration(posteriors, correct)
    before = expected_calibration_error(reliability(posteriors, correct))
    after = expected_calibration_error(reliability([calibration(p) for p in posteriors], correct))
    assert before > 0.1
    assert after < 0.02
    assert calibration.slope == pytest.approx(1 / 3, abs=0.05)


@given(st.floats(0.001, 0.999))
def test_no_calibration_changes_nothing(posterior: float) -> None:
    assert UNCALIBRATED(posterior) == pytest.approx(posterior)


@pytest.mark.parametrize("correct", [[True] * 20, [False] * 20, [True] * 15 + [False] * 5])
def test_equal_posteriors_are_mapped_to_the_share_of_correct_words(correct: list[bool]) -> None:
    confidence = fit_calibration([1.0] * 20, correct)(1.0)
    assert confidence == pytest.approx(np.mean(correct), abs=0.06)
    assert 0 < confidence < 1


def test_the_table_holds_counts_means_and_shares() -> None:
    table = reliability([0.05, 0.95, 0.85, 1.0], [False, True, False, True])
    assert [(row.low, row.count, row.correct) for row in table] == [(0.0, 1, 0), (0.8, 1, 0), (0.9, 2, 1)]
    assert table[-1].confidence == pytest.approx(0.975)
    assert expected_calibration_error(table) == pytest.approx((0.05 + 0.85 + 2 * 0.025) / 4)


def test_an_empty_table_has_no_error() -> None:
    assert expected_calibration_error(reliability([], [])) == 0


def test_truths_must_match_posteriors() -> None:
    with pytest.raises(ValueError, match="as many truths"):
        fit_calibration([0.5], [])


def test_calibration_preserves_the_order_of_words() -> None:
    calibration = Calibration(0.4, -0.3)
    confidences = [calibration(p) for p in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert confidences == sorted(confidences)


def test_an_unknown_word_has_low_confidence() -> None:
    calibration = Calibration(vocabulary=frozenset({"bin", "blue"}))
    assert calibration(0.9, "blue") == pytest.approx(0.9)
    assert calibration(0.9, "bblue") < 0.1
    assert Calibration()(0.9, "bblue") == pytest.approx(0.9)
