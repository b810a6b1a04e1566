"""The best texts of a search, weighed again as wholes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.rescoring import CTC_WEIGHT, rescore
from klipnet_live.decoding.transcript import CtcHypothesis
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import FloatArray

ENGLISH = alphabet_for("en")


def reading(mass: float, text: str) -> CtcHypothesis:
    ids = tuple(ENGLISH.encode(text))
    return CtcHypothesis(mass, ids, tuple(range(len(ids))), (1.0,) * len(ids))


def prefers(text: str) -> object:
    wanted = tuple(ENGLISH.encode(text))

    def score(texts: Sequence[Sequence[int]]) -> FloatArray:
        return np.array([0.0 if tuple(ids) == wanted else -5.0 for ids in texts], np.float32)

    return score


def test_the_text_that_both_like_best_comes_first() -> None:
    hypotheses = [reading(0.6, "bat"), reading(0.3, "pat"), reading(0.1, "mat")]
    first, second, _ = rescore(hypotheses, prefers("pat"))  # type: ignore[arg-type]
    assert ENGLISH.decode(first.ids) == "pat"
    assert ENGLISH.decode(second.ids) == "bat"
    assert sum(r.mass for r in rescore(hypotheses, prefers("pat"))) == pytest.approx(1.0)  # type: ignore[arg-type]
    odds = CTC_WEIGHT * np.log(0.3 / 0.6) + (1 - CTC_WEIGHT) * 5.0
    assert np.log(first.mass / second.mass) == pytest.approx(odds)


def test_one_text_needs_no_second_opinion() -> None:
    def fails(texts: Sequence[Sequence[int]]) -> FloatArray:
        raise AssertionError("asked without need")

    assert rescore([reading(1.0, "bat")], fails) == [reading(1.0, "bat")]
    assert rescore([], fails) == []


def test_a_search_asks_for_it_at_the_end_of_a_line() -> None:
    rows = np.full((3, ENGLISH.size), 1e-4)
    for row, letters in zip(rows, ("bp", "a", "t"), strict=True):
        for share, letter in zip((0.6, 0.4), letters, strict=False):
            row[ENGLISH.encode(letter)[0]] = share
    log_probs = np.log(rows).astype(np.float32)
    search = BeamSearch(ENGLISH)
    assert search.line(log_probs).text == "bat"
    assert search.line(log_probs, prefers("pat")).text == "pat"  # type: ignore[arg-type]
