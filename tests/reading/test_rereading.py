"""Whose open line is re-read next, and when none is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from klipnet_live.reading.rereading import MAX_CREDIT_S, Rereading


@dataclass
class Clock:
    """Time that passes when a test says so."""

    now_s: float = 100.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Line:
    name: str
    unread_frames: int = 0


def meeting(
    rereading: Rereading, clock: Clock, lines: list[Line], cost_s: float
) -> Iterator[tuple[float, str]]:
    """Ten seconds of people who all speak; who is read again, and when."""
    end_s = clock.now_s + 10
    while clock.now_s < end_s:
        begun_s = clock.now_s
        for line in lines:
            line.unread_frames += 5
        for line in rereading.in_turn(line for line in lines if line.unread_frames >= 20):
            clock.now_s += cost_s
            line.unread_frames = 0
            yield clock.now_s, line.name
        clock.now_s = max(clock.now_s, begun_s + 0.2)


def test_without_limits_every_line_is_re_read_on_request() -> None:
    lines = [Line("a", 20), Line("b", 40)]
    rereading = Rereading()
    for _ in range(100):
        assert [line.name for line in rereading.in_turn(lines)] == ["b", "a"]
    assert rereading.message == ""


def test_a_fast_model_is_not_limited() -> None:
    clock = Clock()
    rereading = Rereading(0.6, clock=clock)
    read = list(meeting(rereading, clock, [Line("a"), Line("b"), Line("c")], cost_s=0.005))
    assert len(read) == 3 * 12
    assert rereading.message == ""


def test_a_slow_model_keeps_its_share_of_time_and_treats_lines_equally() -> None:
    clock = Clock()
    rereading = Rereading(0.6, clock=clock)
    names = [name for _, name in meeting(rereading, clock, [Line("a"), Line("b"), Line("c")], cost_s=0.5)]
    assert len(names) * 0.5 == pytest.approx(0.6 * 10 + MAX_CREDIT_S, abs=0.6)
    counts = [names.count(name) for name in "abc"]
    assert max(counts) - min(counts) <= 1
    assert rereading.message == "captions are updated less often"
    clock.now_s += 4
    assert rereading.message == ""


def test_nothing_is_re_read_while_mouths_wait() -> None:
    clock = Clock()
    behind = [True]
    rereading = Rereading(0.6, lambda: behind[0], clock)
    assert list(rereading.in_turn([Line("a", 20)])) == []
    assert rereading.message == "", "it has not waited for long yet"
    assert list(rereading.in_turn([Line("a", 60)])) == []
    assert rereading.message
    behind[0] = False
    assert len(list(rereading.in_turn([Line("a", 60)]))) == 1
