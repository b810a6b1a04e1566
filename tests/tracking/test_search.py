"""Where faces are searched for: small ones in large frames too, a bounded area per frame."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.tracking.search import Search, reading_order, regions
from klipnet_live.types import Box, Image

SMALLEST_PART = 6
"""The detector finds faces that fill a sixth of its input."""


@given(st.integers(16, 4000), st.integers(16, 2200))
def test_regions_lie_in_the_picture_and_the_first_covers_it(width: int, height: int) -> None:
    first, *others = regions(width, height)
    assert first == Box(0, 0, width, height)
    for box in others:
        assert box.left >= 0
        assert box.top >= 0
        assert box.bottom <= height
        assert box.right <= width


@given(
    st.sampled_from([(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920), (1920, 720), (700, 500)]),
    st.floats(1 / SMALLEST_PART, 0.47),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_every_small_face_fills_enough_of_some_region(
    size: tuple[int, int], part: float, right: float, down: float
) -> None:
    width, height = size
    face_px = part * (min(size) // 2)
    left, top = right * (width - face_px), down * (height - face_px)
    assert any(
        box.left <= left
        and box.top <= top
        and left + face_px <= box.right
        and top + face_px <= box.bottom
        and face_px * SMALLEST_PART >= box.width - 1
        for box in regions(width, height)[1:]
    )


def test_small_pictures_are_searched_in_one_step() -> None:
    assert regions(360, 288) == [Box(0, 0, 360, 288)]


class Bright:
    """Finds the one bright pixel of an image, and counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, image: Image) -> list[Box]:
        self.calls += 1
        return [Box(x, y, x + 1, y + 1) for y, x in np.argwhere(image[:, :, 0] > 0)]


@pytest.mark.parametrize("at_once", [1, 4])
def test_boxes_found_in_a_tile_are_moved_to_the_whole_picture(at_once: int) -> None:
    image: Image = np.zeros((720, 1280, 3), np.uint8)
    image[611, 1003] = 255
    search = Search(Bright())
    rounds = -(-len(regions(1280, 720)) // at_once)
    found = [box for _ in range(rounds) for box in search.look(image, at_once)]
    assert len(found) > 1
    assert set(found) == {Box(1003, 611, 1004, 612)}


def test_a_search_step_is_bounded_and_the_next_one_continues() -> None:
    detect = Bright()
    search, image = Search(detect), np.zeros((720, 1280, 3), np.uint8)
    list(search.look(image, 4))
    assert detect.calls == 4
    list(search.look(np.zeros((240, 320, 3), np.uint8), 4))
    assert detect.calls == 5


def test_boxes_are_sorted_in_reading_order() -> None:
    top = [Box(10, 12, 50, 62), Box(100, 0, 140, 50), Box(200, 20, 240, 70)]
    below = [Box(0, 100, 40, 150), Box(110, 95, 150, 145)]
    assert reading_order([below[1], top[2], top[0], below[0], top[1]]) == top + below
    assert reading_order([]) == []
