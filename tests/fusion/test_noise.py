"""The benchmark's noise has the requested level and is reproducible."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.noise import CONDITIONS, with_noise

RANDOM = np.random.default_rng(0)
CLEAN = (0.1 * RANDOM.standard_normal(16_000)).astype(np.float32)
OTHERS = [(0.3 * RANDOM.standard_normal(n)).astype(np.float32) for n in (9_000, 16_000, 20_000)]


@pytest.mark.parametrize(("condition", "level_db"), [("babble5", 5), ("babble-5", -5), ("white0", 0)])
def test_the_noise_has_the_level_of_its_name(condition: str, level_db: float) -> None:
    noise = with_noise(CLEAN, condition, OTHERS, seed=3) - CLEAN
    ratio = np.mean(np.square(CLEAN)) / np.mean(np.square(noise))
    assert 10 * np.log10(ratio) == pytest.approx(level_db, abs=0.1)


def test_noise_is_reproducible_and_differs_between_clips() -> None:
    for condition in CONDITIONS[1:]:
        once, again = (with_noise(CLEAN, condition, OTHERS, seed=1) for _ in range(2))
        assert np.array_equal(once, again)
        assert not np.array_equal(once, with_noise(CLEAN, condition, OTHERS, seed=2))
    assert with_noise(CLEAN, "clean", OTHERS, seed=1) is CLEAN
