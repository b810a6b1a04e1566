"""Dynamic time warping: the fast version over many templates matches the plain recurrence."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.phrases.dtw import STRETCH, Templates, alignment
from klipnet_live.types import FloatArray


def textbook_cost(one: FloatArray, other: FloatArray) -> float:
    """The textbook recurrence, in which the first frames of both takes count less."""
    first, second = ([min(1.0, 0.2 + 0.8 * frame / 7) for frame in range(len(take))] for take in (one, other))
    cost = np.linalg.norm(one[:, None] - other[None], axis=2)
    table = np.full((len(one) + 1, len(other) + 1), np.inf)
    table[0, 0] = 0
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            here, there = cost[i - 1, j - 1] * first[i - 1], cost[i - 1, j - 1] * second[j - 1]
            down, across = table[i - 1, j] + (1 + STRETCH) * here, table[i, j - 1] + (1 + STRETCH) * there
            table[i, j] = min(table[i - 1, j - 1] + here + there, down, across)
    return float(table[-1, -1] / (sum(first) + sum(second)))


def test_costs_of_templates_of_all_lengths() -> None:
    random = np.random.default_rng(0)
    takes = [random.normal(size=(length, 5)).astype(np.float32) for length in (1, 4, 9, 17, 30)]
    templates = Templates(takes)
    for take in takes:
        assert templates.costs(take) == pytest.approx(
            [textbook_cost(take, other) for other in takes], abs=1e-3
        )


def test_where_a_phrase_is_cut_matters_less_before_it_than_at_its_end() -> None:
    random = np.random.default_rng(2)
    path = np.cumsum(random.normal(size=(20, 4)), axis=0).astype(np.float32)
    still = random.normal(size=(3, 4)).astype(np.float32) + 4
    cut = Templates([np.concatenate([still, path]), np.concatenate([path, still])])
    early, late = cut.costs(path)
    assert early < late / 2


def test_a_slower_take_is_aligned_with_the_same_moments() -> None:
    path = np.arange(10, dtype=np.float32)[:, None]
    rows, columns = alignment(path, np.repeat(path, 2, axis=0))
    assert (columns // 2 == rows).all()
    assert (rows[0], rows[-1], columns[-1]) == (0, 9, 19)


def test_stretched_time_costs_less_than_another_way() -> None:
    random = np.random.default_rng(1)
    path = np.cumsum(random.normal(size=(20, 4)), axis=0).astype(np.float32)
    slower, other = path[np.linspace(0, 19, 30).astype(int)], path[::-1].copy()
    same, different = Templates([slower, other]).costs(path)
    assert same < different / 3
