"""Timestamps as files have them become increasing times."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.media.timeline import Leap, Timeline, steady

PERIOD_S = 0.04
GOOD = [PERIOD_S * number for number in range(20)]


def times(stamps: list[float | None], *, joins: bool = False) -> list[float]:
    found = list(steady([(stamp, number) for number, stamp in enumerate(stamps)], PERIOD_S, joins=joins))
    assert [timed.item for timed in found] == list(range(len(stamps)))
    return [timed.time_s for timed in found]


def leaps(stamps: list[float | None], *, joins: bool = False) -> list[Leap]:
    found = steady([(stamp, None) for stamp in stamps], PERIOD_S, joins=joins)
    return [timed.leap for timed in found if timed.leap is not None]


@pytest.mark.parametrize("place", [0, 1, 9, 18, 19])
@pytest.mark.parametrize("wrong", [1000.4, -50.0, 3.0])
def test_one_wrong_timestamp_is_replaced_by_its_neighbours(place: int, wrong: float) -> None:
    stamps = [*GOOD[:place], wrong, *GOOD[place + 1 :]]
    if place != 19 or wrong != 3.0:  # The last picture of a file may come after a pause.
        assert times(stamps) == pytest.approx(GOOD)
        assert leaps(stamps) == []


def test_several_wrong_timestamps_in_a_row_are_spread_between_the_good_ones() -> None:
    assert times([*GOOD[:5], *[777.0] * 6, *GOOD[11:]]) == pytest.approx(GOOD)


def test_after_a_backward_jump_times_continue_to_increase() -> None:
    ten_s = [10 + stamp for stamp in GOOD]
    both = times([*ten_s, *GOOD])
    assert both == pytest.approx([10 + PERIOD_S * number for number in range(40)])
    assert [(leap.from_s, leap.to_s) for leap in leaps([*ten_s, *GOOD])] == [(ten_s[-1], 0.0)]


@pytest.mark.parametrize("joins", [False, True])
def test_a_forward_jump_is_kept_except_at_a_join(joins: bool) -> None:
    stamps = [*GOOD, *(3600 + stamp for stamp in GOOD)]
    found = times(stamps, joins=joins)
    assert found[20] == pytest.approx(GOOD[-1] + PERIOD_S if joins else 3600.0)
    assert len(leaps(stamps, joins=joins)) == 1


def test_a_pause_in_a_screen_recording_is_no_jump() -> None:
    stamps = [0.0, 0.04, 0.08, 5.0, 5.04, 9.0]
    assert times(stamps) == pytest.approx(stamps)
    assert leaps(stamps) == []


@pytest.mark.parametrize("stamp", [None, 0.0])
def test_missing_or_constant_timestamps_are_replaced_by_the_frame_rate(
    stamp: float | None,
) -> None:
    assert times([stamp] * 30) == pytest.approx([PERIOD_S * number for number in range(30)])


def test_a_late_start_is_kept() -> None:
    assert times([5 + stamp for stamp in GOOD]) == pytest.approx([5 + stamp for stamp in GOOD])


def test_all_tracks_are_shifted_equally_at_a_join() -> None:
    shifts: list[tuple[Leap, float]] = []
    picture = Timeline[str](PERIOD_S, shifts=shifts)
    sound = Timeline[str](0.021, shifts=shifts)
    for stamp in [*GOOD, *GOOD]:
        list(picture.feed(stamp, ""))
    ends_early = GOOD[:-5]
    after = [timed.time_s for stamp in [*ends_early, *GOOD] for timed in sound.feed(stamp, "")]
    assert after[len(ends_early)] == pytest.approx(GOOD[-1] + PERIOD_S)


@given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=60), st.booleans())
def test_times_increase_for_any_timestamps(stamps: list[float | None], joins: bool) -> None:
    found = times(stamps, joins=joins)
    assert all(one <= other for one, other in pairwise(found))
