"""Cut detection in the surroundings of a face: a cut in the video, or another tile."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.lips.motion import NOISE_LEVEL
from klipnet_live.types import Box, FloatArray, Image

CUT = 0.45
"""Change of a face's surroundings between frames, in standard deviations, that no movement causes.

GRID and the demo: 0.02 during speech, 0.25 to 0.42 if a head moves by a third of its width between frames; at
least 0.5 from one face to another. A cut to the same person on the same chair (median 0.28) cannot be
distinguished from movement.
"""

_SIDE_PX = 16
_SAMPLED_PX = 64


class Surroundings:
    """The surroundings of one face from frame to frame."""

    def __init__(self) -> None:
        self._box: Box | None = None
        self._view: FloatArray | None = None

    def is_cut(self, image: Image) -> bool:
        """Whether the region watched in the previous frame has changed abruptly."""
        if self._box is None or self._view is None:
            return False
        before, self._view = self._view, _view(image, self._box)
        return float(np.abs(self._view - before).mean()) > CUT

    def watch(self, image: Image, box: Box) -> None:
        """Set the region for the next frame, and remember its content."""
        if box != self._box:
            self._box, self._view = box, _view(image, box)


def _view(image: Image, box: Box) -> FloatArray:
    """A small version of a region, zero mean and unit deviation, (16, 16)."""
    left, top = max(0, int(box.left)), max(0, int(box.top))
    right, bottom = max(0, int(box.right)), max(0, int(box.bottom))
    # Averaging all pixels of a large face would cost more than cropping its mouth; green approximates grey.
    step = max(1, (right - left) // _SAMPLED_PX)
    sampled = np.ascontiguousarray(image[top:bottom:step, left:right:step, 1])
    if not sampled.size:
        return np.zeros((_SIDE_PX, _SIDE_PX), np.float32)
    small = cv2.resize(sampled, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_AREA)
    mean, deviation = cv2.meanStdDev(small)
    return np.asarray((small - mean[0, 0]) / (deviation[0, 0] + NOISE_LEVEL), dtype=np.float32)
