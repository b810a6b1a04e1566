"""When a frame counts as a scene cut, on the portrait."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from klipnet_live.tracking.faces import Landmarker
from klipnet_live.tracking.scene import Surroundings
from klipnet_live.tracking.track import around
from klipnet_live.types import Box, Image
from tests.tracking.galleries import portrait


@pytest.fixture(scope="module")
def picture() -> Image:
    return portrait()


@pytest.fixture(scope="module")
def place(landmarker: Landmarker, picture: Image) -> Box:
    return around(landmarker(picture)[0].box)


def is_cut(before: Image, after: Image, box: Box) -> bool:
    scene = Surroundings()
    scene.watch(before, box)
    return scene.is_cut(after)


def moved(picture: Image, by_px: float) -> Image:
    matrix = np.array([[1.0, 0.0, by_px], [0.0, 1.0, 0.0]])
    shifted = cv2.warpAffine(picture, matrix, picture.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(shifted, np.uint8)


def test_another_picture_is_a_cut(picture: Image, place: Box) -> None:
    assert is_cut(picture, np.zeros_like(picture), place)
    assert is_cut(picture, np.ascontiguousarray(picture[:, ::-1]), place)
    closer = cv2.resize(picture[100:350, 150:400], picture.shape[1::-1])
    assert is_cut(picture, np.asarray(closer, np.uint8), place)


def test_a_quick_movement_is_no_cut(picture: Image, place: Box) -> None:
    assert not is_cut(picture, moved(picture, place.width / 2 * 0.1), place)


def test_a_change_of_light_is_no_cut(picture: Image, place: Box) -> None:
    assert not is_cut(picture, picture // 2, place)
    assert not is_cut(picture, np.minimum(picture, 200) + np.uint8(50), place)


def test_only_the_face_and_its_surroundings_count(picture: Image, place: Box) -> None:
    wide = np.concatenate([picture, np.zeros_like(picture)], axis=1)
    other = np.concatenate([picture, np.full_like(picture, 255)], axis=1)
    assert not is_cut(wide, other, place)


def test_frames_are_compared_with_the_previous_one(picture: Image, place: Box) -> None:
    scene = Surroundings()
    scene.watch(picture, place)
    step_px = place.width / 2 * 0.05
    assert not any(scene.is_cut(moved(picture, step_px * i)) for i in range(12))


def test_no_cut_is_reported_for_the_first_frame_or_outside_the_picture(picture: Image) -> None:
    assert not Surroundings().is_cut(picture)
    assert not is_cut(picture, picture[::-1], Box(-90, -90, -10, -10))
