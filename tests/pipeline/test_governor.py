"""What is reduced under load, in which order, and when it is restored."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.pipeline.governor import BEHIND_S, CAUGHT_UP_S, LEVELS, Governor

FRAME_S = 0.04


def levels_over(lags_s: list[float]) -> list[int]:
    governor = Governor()
    levels = []
    for frame, lag_s in enumerate(lags_s):
        governor.note(lag_s, frame * FRAME_S)
        levels.append(LEVELS.index(governor.level))
    return levels


def test_nothing_is_reduced_while_the_computer_keeps_up() -> None:
    assert set(levels_over([0.03] * 1000)) == {0}
    assert LEVELS[0].message == ""


def test_a_short_delay_changes_nothing() -> None:
    assert set(levels_over(([0.02] * 20 + [0.3] * 8) * 10)) == {0}


def test_lasting_overload_reduces_one_thing_after_the_other() -> None:
    levels = levels_over([0.4] * 100)
    assert sorted(set(levels)) == list(range(len(LEVELS)))
    assert levels == sorted(levels)
    assert levels.index(len(LEVELS) - 1) * FRAME_S < 2.0


def test_a_backlog_from_the_start_of_the_tracker_is_no_overload() -> None:
    assert set(levels_over([1.5 - 0.02 * i for i in range(70)] + [0.03] * 50)) == {0}


def test_everything_is_restored_slowly_after_the_load() -> None:
    levels = levels_over([0.4] * 100 + [0.02] * 600)
    assert levels[-1] == 0
    assert levels[100 + 50] == len(LEVELS) - 1


def test_a_moderate_load_changes_nothing() -> None:
    between = (BEHIND_S + CAUGHT_UP_S) / 2
    levels = levels_over([0.4] * 15 + [between] * 1000)
    assert len(set(levels[15:])) == 1


def test_the_preview_is_reduced_first_then_silent_faces_then_speakers() -> None:
    preview, silent, speakers = LEVELS[1:]
    assert preview.preview_every > LEVELS[0].preview_every
    assert preview.effort == LEVELS[0].effort
    assert silent.effort.still_every > preview.effort.still_every
    assert silent.effort.moving_every == LEVELS[0].effort.moving_every
    assert speakers.effort.moving_every > silent.effort.moving_every
    assert all(level.message and len(level.message) < 50 for level in LEVELS[1:])


@given(st.lists(st.floats(0, 2), max_size=300))
def test_the_level_changes_by_at_most_one_step(lags_s: list[float]) -> None:
    levels = [0, *levels_over(lags_s)]
    assert all(abs(now - before) <= 1 for before, now in pairwise(levels))
