"""Whether the place of a face suddenly shows something else: the video was cut, or a tile has changed."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.types import Box, FloatArray, Image

CUT = 0.45
"""Change of a face's surroundings from one frame to the next, in standard deviations, that no movement makes.

GRID and the demo: 0.02 while somebody speaks, 0.25 to 0.42 if a head moved by a third of its width from
one frame to the next; 0.5 and more from one face to another. A cut to the same person on the same chair
(0.28 in the median) cannot be told from a movement.
"""

# Keeps a flat picture, whose deviation is nearly zero, from looking restless.
_NOISE_LEVEL = 4.0

_SIDE_PX = 16
_SAMPLED_PX = 64


class Scene:
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
    """A small grey picture of a part of the image, zero mean and unit deviation, (16, 16)."""
    height, width = image.shape[:2]
    left, right = (int(np.clip(edge, 0, width)) for edge in (box.left, box.right))
    top, bottom = (int(np.clip(edge, 0, height)) for edge in (box.top, box.bottom))
    if right <= left or bottom <= top:
        return np.zeros((_SIDE_PX, _SIDE_PX), np.float32)
    # Averaging all pixels of a large face would cost more than cutting its mouth.
    step = max(1, (right - left) // _SAMPLED_PX)
    sampled = np.ascontiguousarray(image[top:bottom:step, left:right:step])
    small = cv2.resize(sampled, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray((grey - grey.mean()) / (grey.std() + _NOISE_LEVEL), dtype=np.float32)
