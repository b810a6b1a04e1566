"""The appearance of a mouth: the same mouth in another light is alike, another mouth is not."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from klipnet_live.lips.appearance import KINDS, WIDTH, brightness, gradients
from klipnet_live.types import FloatArray, GreyImage


def mouth(opening: int, light: float = 1.0) -> GreyImage:
    """A dark ellipse on a grey face, so many pixels high."""
    picture = np.full((50, 100), 150, np.uint8)
    cv2.ellipse(picture, (50, 25), (16, opening), 0, 0, 360, 60, -1)
    return np.asarray(picture * light, dtype=np.uint8)


def seen(crops: Sequence[GreyImage]) -> list[FloatArray]:
    """All kinds of features."""
    return [brightness(crops), *gradients(crops)]


CLOSED, OPEN = mouth(2), mouth(12)


@pytest.mark.parametrize("kind", range(KINDS))
def test_half_the_light_changes_little_and_an_open_mouth_much(kind: int) -> None:
    plain, dim = seen([CLOSED, OPEN])[kind], seen([mouth(2, 0.5), mouth(12, 0.5)])[kind]
    assert plain.shape == (2, WIDTH)
    moved = np.linalg.norm(plain[0] - plain[1])
    assert np.abs(plain - dim).max() < 0.1 * np.abs(plain).max()
    assert np.linalg.norm(plain - dim) < 0.1 * moved


def test_gradients_tell_the_direction_of_an_edge() -> None:
    across = np.zeros((50, 100), np.uint8)
    across[:, 50:] = 200
    for found in gradients([across, 200 - across]):
        strongest = found.reshape(2, -1, 8).sum(axis=1).argmax(axis=1)
        assert strongest.tolist() == [0, 4]
        assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1], abs=0.01)


def test_a_picture_without_edges_has_none() -> None:
    even = np.full((50, 100), 90, np.uint8)
    assert not any(kind.any() for kind in seen([even]))
