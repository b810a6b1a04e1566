"""Face detection in single images, without tracking."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from klipnet_live.tracking.networks import borrow, give_back
from klipnet_live.tracking.search import regions
from klipnet_live.tracking.track import around
from klipnet_live.types import Box, Image


def shows_a_face(image: Image) -> bool:
    """Whether the image contains an upright face with detectable landmarks."""
    networks = borrow()
    try:
        height, width = image.shape[:2]
        for region in regions(width, height):
            left, top = int(region.left), int(region.top)
            part = image[top : int(region.bottom), left : int(region.right)]
            for box in networks.detector(part):
                place = Box(box.left + left, box.top + top, box.right + left, box.bottom + top)
                if networks.landmarker.in_box(image, around(place)) is not None:
                    return True
        return False
    finally:
        give_back(networks)


def turn_of_faces(images: Iterable[Image], shows: Callable[[Image], bool] = shows_a_face) -> int:
    """By how many degrees, counterclockwise, pictures must be turned for their faces to stand upright.

    0 where they do, or where no face is seen either way.
    """
    seen = dict.fromkeys((0, 180, 90, 270), 0)
    for image in images:
        for degrees in seen:
            turned = np.ascontiguousarray(np.rot90(image, degrees // 90), dtype=np.uint8)
            seen[degrees] += shows(turned)
    best = max(seen, key=lambda degrees: seen[degrees])
    return best if seen[best] > 2 * seen[0] else 0
