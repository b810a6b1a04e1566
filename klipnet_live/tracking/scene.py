"""Whether the place of a face suddenly shows something else: the video was cut, or a tile has changed."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.lips.motion import NOISE_LEVEL
from klipnet_live.types import Box, FloatArray, Image

CUT = 0.45
"""Change of a face's surroundings from one frame to the next, in standard deviations, that no movement makes.

GRID and the demo: 0.02 while somebody speaks, 0.25 to 0.42 if a head moved by a third of its width from
one frame to the next; 0.5 and more from one face to another. A cut to the same person on the same chair
(0.28 in the median) cannot be told from a movement.
"""

_SIDE_PX = 16
_SAMPLED_PX = 64


class Surroundings:
    """One face's surroundings, from one frame to the next."""

    def __init__(self) -> None:
        self._box: Box | None = None
        self._view: FloatArray | None = None

    def is_cut(self, image: Image) -> bool:
        """Whether the place that was watched in the frame before shows something else in this one."""
        if self._box is None or self._view is None:
            return False
        before, self._view = self._view, _view(image, self._box)
        return float(np.abs(self._view - before).mean()) > CUT

    def watch(self, image: Image, box: Box) -> None:
        """Where to look in the next frame, and what is there in this one."""
        if box != self._box:
            self._box, self._view = box, _view(image, box)


def _view(image: Image, box: Box) -> FloatArray:
    """A small picture of a part of the image, zero mean and unit deviation, (16, 16)."""
    left, top = max(0, int(box.left)), max(0, int(box.top))
    right, bottom = max(0, int(box.right)), max(0, int(box.bottom))
    # Averaging all pixels of a large face would cost more than cutting its mouth; green is nearly grey.
    step = max(1, (right - left) // _SAMPLED_PX)
    sampled = np.ascontiguousarray(image[top:bottom:step, left:right:step, 1])
    if not sampled.size:
        return np.zeros((_SIDE_PX, _SIDE_PX), np.float32)
    small = cv2.resize(sampled, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_AREA)
    mean, deviation = cv2.meanStdDev(small)
    return np.asarray((small - mean[0, 0]) / (deviation[0, 0] + NOISE_LEVEL), dtype=np.float32)
