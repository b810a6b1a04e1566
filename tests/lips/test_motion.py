from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.lips.motion import change, lip_change
from klipnet_live.types import GreyImage

MOUTH: GreyImage = np.random.default_rng(3).normal(120, 25, (50, 100)).clip(60, 200).astype(np.uint8)
OPENED: GreyImage = np.roll(MOUTH, 4, axis=0)


def test_equal_crops_have_no_motion() -> None:
    assert change(MOUTH, MOUTH) == 0.0


@given(st.integers(-50, 50))
def test_a_change_of_brightness_is_no_motion(brighter: int) -> None:
    assert change(MOUTH, (MOUTH.astype(int) + brighter).astype(np.uint8)) == pytest.approx(0.0, abs=1e-4)


def test_more_movement_gives_more_motion() -> None:
    part = MOUTH.copy()
    part[20:30] = OPENED[20:30]
    assert 0 < change(MOUTH, part) < change(MOUTH, OPENED)


def test_contrast_makes_little_difference() -> None:
    fainter = [(60 + picture.astype(int) // 2).astype(np.uint8) for picture in (MOUTH, OPENED)]
    assert change(*fainter) == pytest.approx(change(MOUTH, OPENED), rel=0.25)


def test_noise_in_a_uniform_picture_is_not_amplified() -> None:
    noise = np.random.default_rng(4)
    flat = [noise.integers(90, 92, (50, 100), dtype=np.uint8) for _ in range(2)]
    assert change(*flat) < 0.15 < change(MOUTH, OPENED)


def mouth(seed: int = 1, opening: int = 0) -> np.ndarray:
    """Textured skin around a dark mouth opening."""
    noise = np.random.default_rng(seed).integers(60, 200, (70, 120), np.uint8)
    picture = cv2.GaussianBlur(noise, (0, 0), 3)
    cv2.ellipse(picture, (60, 35), (22, 4 + opening), 0, 0, 360, 20, -1)
    return picture


def cut(picture: np.ndarray, x: int = 0, y: int = 0) -> np.ndarray:
    return np.ascontiguousarray(picture[10 + y : 60 + y, 10 + x : 110 + x])


def test_a_swaying_face_has_no_lip_motion() -> None:
    still = mouth()
    assert change(cut(still), cut(still, 4, 2)) > 0.2
    lips, shifted = lip_change(cut(still), cut(still, 4, 2))
    assert shifted
    assert lips < 0.02


def test_lip_motion_is_detected_with_and_without_head_motion() -> None:
    for x in (0, 3):
        lips, _ = lip_change(cut(mouth()), cut(mouth(opening=6), x))
        assert lips > 0.08
