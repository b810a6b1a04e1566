"""Face detection in single images, without tracking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

import numpy as np

from klipnet_live.tracking.networks import borrow, give_back
from klipnet_live.tracking.search import Search
from klipnet_live.tracking.track import around
from klipnet_live.types import Image


def shows_a_face(image: Image) -> bool:
    """Whether the image contains an upright face with detectable landmarks."""
    networks = borrow()
    try:
        boxes = Search(networks.detector).look(image, sys.maxsize)
        return any(networks.landmarker.in_box(image, around(box)) is not None for box in boxes)
    finally:
        give_back(networks)


def turn_of_faces(images: Iterable[Image], shows: Callable[[Image], bool] = shows_a_face) -> int:
    """Degrees, counterclockwise, by which the images must be rotated so that their faces are upright.

    0 if they are upright already, or if no face is found at any angle.
    """
    seen = dict.fromkeys((0, 180, 90, 270), 0)
    for image in images:
        for degrees in seen:
            turned = np.ascontiguousarray(np.rot90(image, degrees // 90), dtype=np.uint8)
            seen[degrees] += shows(turned)
    best = max(seen, key=lambda degrees: seen[degrees])
    return best if seen[best] > 2 * seen[0] else 0
