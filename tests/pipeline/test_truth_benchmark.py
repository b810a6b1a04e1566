"""What the calibration benchmark fits and counts, on lines with known truth."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from benchmarks.reliability_diagram import reliability_diagram
from benchmarks.truth_fit import FittedLine, fit_readability, shown
from benchmarks.truth_of_captions import row_of
from benchmarks.truth_sets import Role
from klipnet_live.decoding.readability import ALL_READABLE, Readability


def lines(name: str, role: Role, doubt: float, right: float, count: int = 60) -> list[FittedLine]:
    """Lines of five words around a doubt, of which this share is correct; all have the same confidence."""
    random = np.random.default_rng(len(name))
    return [
        FittedLine(
            name,
            role,
            str(i % 2),
            float(random.normal(doubt, 0.02)),
            tuple((0.95, bool(random.random() < right)) for _ in range(5)),
        )
        for i in range(count)
    ]


def everywhere(readability: Readability) -> dict[str, Readability]:
    return dict.fromkeys("01", readability)


@pytest.fixture(scope="module")
def everybody() -> list[FittedLine]:
    return [
        *lines("known", "known", 0.3, 0.97),
        *lines("strangers", "stranger", 0.7, 0.4),
        *lines("arabic", "other", 1.0, 0.0),
        *lines("talkers", "other", 0.8, 0.0),
    ]


def test_the_limit_separates_known_speakers_from_others(everybody: list[FittedLine]) -> None:
    fitted = fit_readability(everybody)
    assert 0.35 < fitted.most_doubt < 0.72
    assert fitted.slope > 0 > fitted.doubt_weight
    for name, unreadable in (("known", 0.0), ("arabic", 100.0), ("talkers", 100.0)):
        row = row_of([line for line in everybody if line.set == name], everywhere(fitted))
        assert row["unreadable"] == unreadable


def test_the_doubt_of_a_line_separates_equally_confident_words(everybody: list[FittedLine]) -> None:
    fitted = fit_readability(everybody)
    before, after = (
        [
            row_of([line for line in everybody if line.set == name], everywhere(fit))["ece"]
            for name in ("known", "strangers")
        ]
        for fit in (ALL_READABLE, fitted)
    )
    assert before[1] > 0.4
    assert max(after) < 0.15


def test_a_row_counts_shown_words_and_errors() -> None:
    line = FittedLine("set", "stranger", "a", 0.3, ((0.95, True), (0.92, False), (0.3, True)))
    hidden = FittedLine("set", "stranger", "b", 2.0, ((0.95, True),))
    limit = fit_readability([*lines("known", "known", 0.3, 0.97), *lines("other", "other", 1.0, 0.0)])
    assert shown(hidden, limit) is None
    row = row_of([line, hidden], {"a": ALL_READABLE, "b": limit})
    assert row["lines"] == 2
    assert row["unreadable"] == 50.0
    assert row["lines_with_words"] == 50.0
    assert (row["sure_words"], row["sure_words_right"]) == (2, 50.0)
    assert row["right_words_lost"] == pytest.approx(66.7)


def test_the_diagram_is_an_svg_with_a_circle_per_point() -> None:
    bins = [{"low": 0.0, "high": 0.5, "count": 3, "confidence": 0.25, "correct": 0.5}]
    root = ElementTree.fromstring(reliability_diagram({"stranger": bins, "other before": bins}))
    assert len(root.findall("{*}circle")) == 2 + 4
