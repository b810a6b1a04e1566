from __future__ import annotations

import pytest

from klipnet_live.pipeline import meter
from klipnet_live.pipeline.meter import Gaps, Latencies, Rate


class Clock:
    """Stands in for the time module."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(meter, "time", clock)
    return clock


def test_the_rate_covers_the_last_two_seconds(clock: Clock) -> None:
    rate = Rate()
    for period_s in [0.1] * 50 + [0.04] * 100:
        clock.now_s += period_s
        rate.tick()
    assert rate.per_second == pytest.approx(25.0, rel=0.01)


def test_a_source_that_stopped_has_no_rate(clock: Clock) -> None:
    rate = Rate()
    assert rate.per_second == 0.0
    for _ in range(10):
        clock.now_s += 0.04
        rate.tick()
    clock.now_s += 2.1
    assert rate.per_second == 0.0


def test_latency_is_the_median_of_recent_values(clock: Clock) -> None:
    latencies = Latencies()
    assert latencies.median_ms == 0.0
    for value in [5000.0] * 20 + [100.0] * 20 + [120.0, 4000.0] * 2 + [110.0] * 30:
        latencies.add(value)
    assert latencies.median_ms == 110.0


def test_gaps_counts_only_missing_numbers() -> None:
    gaps = Gaps()
    assert [gaps.before(index) for index in (0, 1, 2, 5, 6, 8)] == [0, 0, 0, 2, 0, 1]
