"""Sources of any frame rate become 25 crops a second with the same movement."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.lips.resample import MAX_GAP_S, CropResampler
from klipnet_live.types import GreyImage

SHAPE = (4, 6)


def crop_at(time_s: float) -> GreyImage:
    """A movement that is slow compared with 10 frames a second."""
    return np.full(SHAPE, round(128 + 100 * math.sin(2 * math.pi * 0.4 * time_s)), np.uint8)


def resampled(times_s: list[float]) -> list[tuple[float, GreyImage]]:
    resampler = CropResampler()
    return [timed for time_s in times_s for timed in resampler.feed(time_s, crop_at(time_s))]


@pytest.mark.parametrize("fps", [10, 15, 24, 25, 29.97, 30, 50, 60])
def test_any_frame_rate_gives_the_same_crops(fps: float) -> None:
    output = resampled([i / fps for i in range(int(3 * fps) + 1)])
    assert [time_s for time_s, _ in output] == pytest.approx([i / 25 for i in range(len(output))])
    assert len(output) >= 3 * 25 - 1
    for time_s, crop in output:
        assert abs(int(crop[0, 0]) - int(crop_at(time_s)[0, 0])) <= 3


def test_at_25_frames_a_second_the_crops_pass_unchanged() -> None:
    resampler = CropResampler()
    crops = [np.random.default_rng(i).integers(0, 255, SHAPE, dtype=np.uint8) for i in range(10)]
    output = [crop for i, one in enumerate(crops) for _, crop in resampler.feed(7.0 + i * 0.04, one)]
    assert all(np.array_equal(one, other) for one, other in zip(output, crops, strict=True))


def test_an_irregular_clock_of_25_fps_loses_no_crop() -> None:
    jitter = np.random.default_rng(2).uniform(-0.015, 0.015, 250)
    times = [0.0] + [i / 25 + float(jitter[i]) for i in range(1, 250)]
    output = resampled(times)
    assert [time_s for time_s, _ in output] == pytest.approx([i / 25 for i in range(len(output))])
    assert len(output) in (249, 250)


@given(st.lists(st.floats(0.0005, MAX_GAP_S), min_size=1, max_size=100), st.floats(0, 1e5))
def test_output_times_are_even_for_any_input_times(steps_s: list[float], start_s: float) -> None:
    times = list(np.cumsum([start_s, *steps_s]))
    output = [time_s for time_s, _ in resampled([float(time_s) for time_s in times])]
    assert output[0] == start_s
    assert all(later - earlier == pytest.approx(0.04, abs=1e-6) for earlier, later in pairwise(output))
    assert times[-1] - 0.04 - 1e-3 <= output[-1] <= times[-1] + 1e-3


@given(st.lists(st.floats(-0.1, 0.1), min_size=1, max_size=60))
def test_crops_whose_time_does_not_increase_are_ignored(steps_s: list[float]) -> None:
    times = [float(time_s) for time_s in np.cumsum([10.0, *steps_s])]
    forward = [times[0]]
    for time_s in times[1:]:
        if time_s > forward[-1]:
            forward.append(time_s)
    output, expected = resampled(times), resampled(forward)
    assert [time_s for time_s, _ in output] == [time_s for time_s, _ in expected]
    assert all(np.array_equal(one, other) for (_, one), (_, other) in zip(output, expected, strict=True))


def test_the_first_of_crops_with_equal_times_is_used() -> None:
    resampler = CropResampler()
    fed = [(0.0, 10), (0.03, 40), (0.03, 250), (0.06, 70), (0.08, 90)]
    output = [
        timed for time_s, grey in fed for timed in resampler.feed(time_s, np.full(SHAPE, grey, np.uint8))
    ]
    assert [time_s for time_s, _ in output] == pytest.approx([0.0, 0.04, 0.08])
    assert [int(crop[0, 0]) for _, crop in output] == [10, 50, 90]


def test_a_long_gap_is_detected_until_a_reset() -> None:
    resampler = CropResampler()
    assert not resampler.is_gap(5.0)
    list(resampler.feed(0.0, crop_at(0)))
    assert not resampler.is_gap(MAX_GAP_S)
    assert resampler.is_gap(MAX_GAP_S + 0.01)
    resampler.reset()
    assert not resampler.is_gap(9.0)
    assert [time_s for time_s, _ in resampler.feed(9.0, crop_at(9))] == [9.0]
