"""A hand before the mouth is noticed; speech and other light are not taken for one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from klipnet_live.lips.appearance import gradients
from klipnet_live.phrases.matcher import Example
from klipnet_live.phrases.visible import check_visible, is_covered
from klipnet_live.types import FloatArray, GreyImage, UserError


def mouth(opening: float, light: float = 1.0) -> GreyImage:
    picture = np.full((50, 100), 150, np.uint8)
    cv2.ellipse(picture, (50, 25), (22, 5 + round(opening)), 0, 0, 360, 110, -1)
    cv2.ellipse(picture, (50, 25), (16, 1 + round(opening)), 0, 0, 360, 50, -1)
    return np.asarray(picture * light, dtype=np.uint8)


def speech(speed: float, light: float = 1.0) -> list[GreyImage]:
    return [mouth(4 + 4 * np.sin(speed * frame), light) for frame in range(25)]


def with_hand(crop: GreyImage) -> GreyImage:
    """Four fingers across the mouth."""
    covered = crop.copy()
    for finger in range(4):
        cv2.line(covered, (10 + 22 * finger, 0), (20 + 22 * finger, 49), 170 - 12 * finger, 18)
    return covered


def features(crops: list[GreyImage]) -> FloatArray:
    return np.concatenate(gradients(crops), axis=1)


def test_a_hand_before_the_mouth_is_noticed() -> None:
    profile = [Example("a", features(speech(0.4))), Example("b", features(speech(0.9)))]
    for seen in (speech(0.6), speech(0.6, light=0.5)):
        check_visible(features(seen), profile)
    with pytest.raises(UserError, match="hand in front"):
        check_visible(features([with_hand(crop) for crop in speech(0.6)]), profile)


def test_a_first_take_has_nothing_to_compare_with() -> None:
    assert not is_covered(features(speech(0.6)), [])
