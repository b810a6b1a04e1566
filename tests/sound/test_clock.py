"""Timestamps of sound follow its arrival, whatever the device's clock says."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.sound.clock import ArrivalClock, SampleClock

BLOCK = 2_400
RATE_HZ = 48_000


@pytest.mark.parametrize("drift", [-0.001, 0.0, 0.001])
def test_half_an_hour_with_a_clock_that_is_off_stays_within_ten_milliseconds(drift: float) -> None:
    clock = ArrivalClock(RATE_HZ)
    unrest = np.random.default_rng(7).uniform(0, 0.02, 36_000)
    true_s = np.arange(36_000) * BLOCK / RATE_HZ * (1 + drift)
    length_s = BLOCK / RATE_HZ * (1 + drift)
    estimated_s = [clock.start_of(BLOCK, s + length_s + late) for s, late in zip(true_s, unrest, strict=True)]
    assert np.abs(np.array(estimated_s) - true_s - 0.01)[200:].max() < 0.01


def test_a_gap_moves_the_clock_at_once() -> None:
    clock = ArrivalClock(RATE_HZ)
    assert clock.start_of(BLOCK, 10.05) == pytest.approx(10.0)
    assert clock.start_of(BLOCK, 11.45) == pytest.approx(11.4)


def test_a_timeline_follows_its_blocks_and_forgets() -> None:
    timeline = SampleClock()
    timeline.add(0, 5.0)
    timeline.add(16_000, 7.0)
    assert timeline.clock_s(8_000) == pytest.approx(5.5)
    assert timeline.clock_s(24_000) == pytest.approx(7.5)
    timeline.forget(16_000)
    assert timeline.clock_s(16_000) == pytest.approx(7.0)
    with pytest.raises(ValueError, match="no block"):
        SampleClock().clock_s(0)


def test_times_never_run_backwards_when_a_backlog_arrives() -> None:
    arrival, clock = ArrivalClock(16_000), SampleClock()
    block = 1_600
    # The server stands still for 2.5 s, then sends what it has kept at once.
    arrivals_s = [0.1 * i for i in range(1, 11)] + [3.5 + 0.001 * i for i in range(25)] + [3.6, 3.7]
    for i, arrived_s in enumerate(arrivals_s):
        clock.add(i * block, arrival.start_of(block, arrived_s))
    times_s = [clock.clock_s(position) for position in range(0, len(arrivals_s) * block, 100)]
    assert times_s == sorted(times_s)
