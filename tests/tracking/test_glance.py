"""The first look at a few frames of a video."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.tracking.glance import shows_a_face, turn_of_faces
from klipnet_live.types import Image
from tests.tracking.galleries import portrait


def is_upright(image: Image) -> bool:
    """Bright at the top left only."""
    return bool(image[0, 0, 0] == 255)


@pytest.mark.parametrize(("turned", "back"), [(0, 0), (90, 270), (180, 180), (270, 90)])
def test_the_rotation_that_makes_faces_upright_is_found(turned: int, back: int) -> None:
    upright = np.zeros((48, 64, 3), np.uint8)
    upright[0, 0] = 255
    image = np.ascontiguousarray(np.rot90(upright, turned // 90))
    assert turn_of_faces([image] * 3, is_upright) == back


def test_a_face_is_found_in_a_portrait_and_none_in_a_grey_picture() -> None:
    grey = np.full((288, 360, 3), 90, np.uint8)
    assert shows_a_face(portrait())
    assert not shows_a_face(grey)
    assert turn_of_faces([grey]) == 0
