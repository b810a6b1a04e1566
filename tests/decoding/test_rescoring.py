"""Rescoring whole hypotheses after the search."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.grammar import parse_grammar
from klipnet_live.decoding.rescoring import Rescorer, RescoringWeights, Score
from klipnet_live.decoding.transcript import CtcHypothesis
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import FloatArray

ENGLISH = alphabet_for("en")


def reading(mass: float, text: str) -> CtcHypothesis:
    ids = tuple(ENGLISH.encode(text))
    return CtcHypothesis(mass, ids, tuple(range(len(ids))), (1.0,) * len(ids))


def prefers(text: str, by: float = 5.0) -> Score:
    wanted = tuple(ENGLISH.encode(text))

    def score(texts: Sequence[Sequence[int]]) -> FloatArray:
        return np.array([0.0 if tuple(ids) == wanted else -by for ids in texts], np.float32)

    return score


def log_odds(first: CtcHypothesis, second: CtcHypothesis) -> float:
    return math.log(first.mass / second.mass)


HYPOTHESES = [reading(0.6, "bat"), reading(0.3, "pat"), reading(0.1, "mat")]


def test_the_text_with_the_best_combined_score_comes_first() -> None:
    found = Rescorer(RescoringWeights(ctc=0.1), prefers("pat"))(HYPOTHESES)
    assert [ENGLISH.decode(one.ids) for one in found] == ["pat", "bat", "mat"]
    assert sum(one.mass for one in found) == pytest.approx(1.0)
    assert log_odds(found[0], found[1]) == pytest.approx(0.1 * math.log(0.3 / 0.6) + 0.9 * 5.0)


def test_language_model_and_length_count_by_their_weights() -> None:
    weights = RescoringWeights(ctc=0.1, language_model=0.3, length_bonus=0.5)
    first, second, third = Rescorer(weights, prefers("bat"), prefers("mat", by=40.0))(HYPOTHESES)
    assert [ENGLISH.decode(one.ids) for one in (first, second, third)] == ["mat", "bat", "pat"]
    assert log_odds(first, second) == pytest.approx(0.1 * math.log(0.1 / 0.6) - 0.9 * 5.0 + 0.3 * 40.0)
    longer = [reading(0.5, "at"), reading(0.5, "bat")]
    first, second = Rescorer(weights)(longer)
    assert ENGLISH.decode(first.ids) == "bat"
    assert log_odds(first, second) == pytest.approx(0.5)


def test_invalid_weights_are_refused() -> None:
    for wrong in ({"ctc": 1.5}, {"ctc": math.nan}, {"language_model": 1e9}, {"length_bonus": math.inf}):
        with pytest.raises(ValueError, match="weight"):
            RescoringWeights(**wrong)


def test_a_single_text_is_not_rescored() -> None:
    def fails(texts: Sequence[Sequence[int]]) -> FloatArray:
        raise AssertionError("scored without need")

    rescorer = Rescorer(RescoringWeights(), fails)
    assert rescorer([reading(1.0, "bat")]) == [reading(1.0, "bat")]
    assert rescorer([]) == []


def unsure_letters(*columns: str) -> FloatArray:
    """Log-probabilities; the letters of a column share its frame, the first one with 0.6."""
    rows = np.full((len(columns), ENGLISH.size), 1e-4)
    for row, letters in zip(rows, columns, strict=True):
        for share, letter in zip((0.6, 0.4), letters, strict=False):
            row[ENGLISH.encode(letter)[0]] = share
    return np.log(rows).astype(np.float32)


def test_rescoring_happens_at_the_end_of_a_line() -> None:
    log_probs = unsure_letters("bp", "a", "t")
    search = BeamSearch(ENGLISH)
    assert search.line(log_probs).text == "bat"
    assert search.line(log_probs, Rescorer(RescoringWeights(), prefers("pat"))).text == "pat"


def test_a_sentence_of_the_grammar_is_found_when_the_beam_lost_all_sentences() -> None:
    search = BeamSearch(ENGLISH, width=1, grammar=parse_grammar("bat\npain\n", ENGLISH))
    rescorer = Rescorer(RescoringWeights(), prefers("bat"))
    assert search.line(unsure_letters("pb", "a", "t"), rescorer).text == "bat"
