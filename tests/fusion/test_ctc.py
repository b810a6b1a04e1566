"""The probability of a text equals the sum over all alignments."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest

from klipnet_live.fusion.ctc import best_log_prob, sentence_log_probs, spotting_score


def _log_probs(frames: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.log(random.dirichlet(np.ones(4), frames)).astype(np.float32)


def test_the_score_of_a_sentence_is_the_sum_over_its_alignments() -> None:
    rows = _log_probs(5)
    sums: defaultdict[tuple[int, ...], float] = defaultdict(float)
    for path in itertools.product(range(4), repeat=5):
        sentence = tuple(symbol for symbol, _ in itertools.groupby(path) if symbol)
        sums[sentence] += float(np.exp(sum(rows[i, symbol] for i, symbol in enumerate(path))))
    found = sentence_log_probs(rows, list(sums))
    assert np.exp(found) == pytest.approx(np.array(list(sums.values())), rel=1e-4)


def test_a_sentence_longer_than_the_frames_has_probability_zero() -> None:
    rows = _log_probs(3)
    fits, not_at_all = sentence_log_probs(rows, [[1, 2], [1, 1, 1]])
    assert fits > not_at_all + 100


def test_no_path_scores_higher_than_the_best_path() -> None:
    rows = _log_probs(6)
    paths = [sum(rows[i, s] for i, s in enumerate(path)) for path in itertools.product(range(4), repeat=6)]
    assert best_log_prob(rows) == pytest.approx(max(paths), rel=1e-5)


def test_a_word_is_spotted_at_any_position() -> None:
    rows = np.full((12, 4), -6.0, np.float32)
    rows[:, 0] = -0.1
    rows[5:7, :], rows[8, :] = -6.0, -6.0
    rows[5:7, 2] = rows[8, 3] = -0.1
    assert spotting_score(rows, [2, 3]) == pytest.approx(0.0, abs=1e-6)
    assert spotting_score(rows, [3, 2]) < -1.0
    assert spotting_score(rows, [1]) < -5.0
