"""A single picture looked at without following anybody."""

from __future__ import annotations

from klipnet_live.tracking.networks import borrow, give_back
from klipnet_live.tracking.search import regions
from klipnet_live.tracking.track import around
from klipnet_live.types import Box, Image


def shows_a_face(image: Image) -> bool:
    """Whether somewhere in the picture is a face, upright, with landmarks that can be found."""
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
