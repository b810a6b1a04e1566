"""The crop geometry: where features lie in a crop, at every size, angle and position."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klipnet_live.lips.crop import CropGeometry, crop_mouth
from klipnet_live.lips.pose import MouthPose
from klipnet_live.types import GreyImage, Image

WIDTH_IN_EYES = CropGeometry().width_in_inter_ocular


def scene(pose: MouthPose) -> Image:
    """A face-like drawing: a bright disc right of the mouth's centre, a dark one below it."""
    image = np.full((480, 640, 3), 120, np.uint8)
    unit = pose.inter_ocular_px
    right = np.array([math.cos(pose.roll), math.sin(pose.roll)])
    down = np.array([-right[1], right[0]])
    centre = np.array([pose.x, pose.y])
    for at, colour in ((centre + right * 0.4 * unit, 250), (centre + down * 0.2 * unit, 10)):
        place = np.rint(at * 16).astype(int)
        cv2.circle(image, (int(place[0]), int(place[1])), int(unit), (colour,) * 3, -1, cv2.LINE_AA, 4)
    return image


def centre_of(mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> tuple[float, float]:
    rows, columns = np.nonzero(mask)
    return float(columns.mean()), float(rows.mean())


@settings(max_examples=40, deadline=None)
@given(st.floats(200, 440), st.floats(180, 300), st.floats(40, 160), st.floats(-0.6, 0.6))
def test_a_point_of_the_face_has_the_same_place_in_every_crop(
    x: float, y: float, eyes_px: float, roll: float
) -> None:
    pose = MouthPose(x, y, eyes_px, roll)
    crop = crop_mouth(scene(pose), pose)
    per_eye = 100 / WIDTH_IN_EYES
    assert crop.shape == (50, 100)
    assert centre_of(crop > 200) == pytest.approx((49.5 + 0.4 * per_eye, 24.5), abs=1.5)
    assert centre_of(crop < 50) == pytest.approx((49.5, 24.5 + 0.2 * per_eye), abs=1.5)


def test_the_crop_of_an_upright_face_at_original_size_is_unchanged() -> None:
    image = np.random.default_rng(1).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    crop = crop_mouth(image, MouthPose(149.5, 99.5, 100 / WIDTH_IN_EYES, 0.0))
    expected = cv2.cvtColor(image[75:125, 100:200], cv2.COLOR_RGB2GRAY)
    assert np.abs(crop.astype(int) - expected).max() <= 1


def test_a_large_face_is_averaged_when_scaled_down() -> None:
    stripes: Image = np.zeros((900, 1200, 3), np.uint8)
    stripes[:, ::2] = 255
    crop = crop_mouth(stripes, MouthPose(600.0, 450.0, 500.0, 0.0))
    assert crop.std() < 30
    assert crop.mean() == pytest.approx(127, abs=5)


@given(st.floats(-100, 500), st.floats(-100, 400), st.floats(0, 300), st.floats(-3, 3))
@settings(max_examples=60, deadline=None)
def test_a_mouth_at_or_beyond_the_edge_gives_a_crop(x: float, y: float, eyes_px: float, roll: float) -> None:
    image = np.full((240, 320, 3), 77, np.uint8)
    crop = crop_mouth(image, MouthPose(x, y, eyes_px, roll))
    assert crop.shape == (50, 100)
    assert np.abs(crop.astype(int) - 77).max() <= 1


def test_the_size_of_the_crop_follows_the_geometry() -> None:
    geometry = CropGeometry(width=128, height=64, width_in_inter_ocular=2.0)
    pose = MouthPose(320.0, 240.0, 64.0, 0.0)
    crop: GreyImage = crop_mouth(scene(pose), pose, geometry)
    assert crop.shape == (64, 128)
    assert centre_of(crop < 50) == pytest.approx((63.5, 31.5 + 0.2 * 64), abs=1.5)


def test_a_view_into_a_larger_picture_gives_the_same_crop() -> None:
    """Images need not be contiguous: a gallery tile is sliced without a copy."""
    pose = MouthPose(300.0, 220.0, 60.0, 0.1)
    image = scene(pose)
    tile = image[100:400, 120:520]
    moved = MouthPose(pose.x - 120, pose.y - 100, pose.inter_ocular_px, pose.roll)
    assert np.array_equal(crop_mouth(tile, moved), crop_mouth(image, pose))
