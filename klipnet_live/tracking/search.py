"""Regions to search for new faces: the whole image, then overlapping tiles for small faces."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from klipnet_live.types import Box, Image

TILED_FROM_PX = 480
"""In smaller images, faces too small for the whole-image search have too few pixels for lip reading."""

_STEP = 0.52
"""Distance between tiles in sides: a face smaller than the overlap lies completely in one of them."""


def regions(width: int, height: int) -> list[Box]:
    """The whole image and, for large images, overlapping squares of half its size, in pixels."""
    whole = [Box(0, 0, width, height)]
    if min(width, height) < TILED_FROM_PX:
        return whole
    side = min(width, height) // 2
    corners = product(_starts(height, side), _starts(width, side))
    return whole + [Box(left, top, left + side, top + side) for top, left in corners]


def reading_order(boxes: Sequence[Box]) -> list[Box]:
    """Boxes row by row from the top, each from left to right; faces of a row may differ slightly in
    height.
    """
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.centre[1]):
        if rows and box.centre[1] - rows[-1][0].centre[1] < box.height / 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda box: box.centre[0])]


class Search:
    """Searches a few regions per frame, so that searching never delays a frame."""

    def __init__(self, detect: Callable[[Image], list[Box]]) -> None:
        self._detect = detect
        self._size = (0, 0)
        self._turn: Iterator[Box] = iter(())

    def look(self, image: Image, regions_at_once: int) -> Iterator[Box]:
        """Boxes of faces in the next regions."""
        height, width = image.shape[:2]
        if self._size != (width, height):
            self._size, self._turn = (width, height), iter(())
        for _ in range(min(regions_at_once, len(regions(width, height)))):
            yield from self._look_at(image, self._next())

    def _next(self) -> Box:
        region = next(self._turn, None)
        if region is None:
            self._turn = iter(regions(*self._size))
            region = next(self._turn)
        return region

    def _look_at(self, image: Image, region: Box) -> Iterator[Box]:
        left, top = int(region.left), int(region.top)
        part = image[top : int(region.bottom), left : int(region.right)]
        for box in self._detect(part):
            yield Box(box.left + left, box.top + top, box.right + left, box.bottom + top)


def _starts(length: int, side: int) -> list[int]:
    """Left or top edges of tiles that cover a length and overlap by almost half."""
    count = 1 + math.ceil((length - side) / (_STEP * side))
    return [int(start) for start in np.linspace(0, length - side, count)]
