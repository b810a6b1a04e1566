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


def test_a_difference_at_a_common_moment_costs_more_than_at_a_rare_one() -> None:
    random = np.random.default_rng(3)
    common = random.normal(size=(10, 4)).astype(np.float32)
    takes = [np.concatenate([common, common + 20 * (number + 1)]) for number in range(4)]
    shift = np.full((4, 4), 0.5, dtype=np.float32)
    at_common, at_rare = takes[0].copy(), takes[0].copy()
    at_common[5:9] += random.permutation(shift)
    at_rare[15:19] += shift
    alike, scaled = Templates(takes), Templates(takes, ["one", "two", "three", "four"])
    assert alike.costs(at_common)[0] <= alike.costs(at_rare)[0] * 1.2
    assert scaled.costs(at_common)[0] > scaled.costs(at_rare)[0] * 1.3


def test_costs_between_takes_are_the_same_both_ways_and_zero_for_the_same_take() -> None:
    random = np.random.default_rng(4)
    takes = [random.normal(size=(length, 5)).astype(np.float32) for length in (3, 8, 20, 12)]
    costs = Templates(takes, ["one", "one", "two", "two"]).between()
    assert costs == pytest.approx(costs.T, abs=1e-3)
    assert np.diag(costs) == pytest.approx(0, abs=0.05)


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
