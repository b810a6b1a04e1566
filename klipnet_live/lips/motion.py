"""How much a mouth changes from one crop to the next."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.types import GreyImage

# Keeps a flat picture, whose deviation is nearly zero, from looking restless.
NOISE_LEVEL = 4.0


def change(before: GreyImage, after: GreyImage) -> float:
    """Mean absolute difference of two crops in standard deviations; a change of brightness is none."""
    moved = cv2.subtract(after, before, dtype=cv2.CV_32F)
    brighter = np.array([cv2.mean(moved)[0], 0.0, 0.0, 0.0])
    _, deviation = cv2.meanStdDev(after)
    return float(cv2.mean(cv2.absdiff(moved, brighter))[0] / (deviation[0, 0] + NOISE_LEVEL))


_SHIFTING = 0.06
"""A change above this is looked at for a shift of the whole crop: nothing smaller wakes anybody."""

_MOST_SHIFT_PX = 12
_MARGIN_X, _MARGIN_Y = 15, 8

_LEFT_OVER = 0.025
"""What a shift that is undone leaves: 0.024 to 0.042 while a still face swayed by 15 of 314 px."""

_WINDOW = np.asarray(cv2.createHanningWindow((100, 50), cv2.CV_32F))


def lip_change(before: GreyImage, after: GreyImage) -> tuple[float, bool]:
    """Change of the lips relative to the face, and whether the whole crop was shifted.

    A crop follows a moving head a little late, so that the mouth of somebody who sways and says nothing
    moves in it (change 0.28, as much as speech). Where most of a change goes with one shift of the whole
    crop, only what is left of it is the lips' (0.035 then, 0.14 of speech).
    """
    whole = change(before, after)
    if whole < _SHIFTING or after.shape != _WINDOW.shape or before.shape != after.shape:
        return whole, False
    (x, y), _ = cv2.phaseCorrelate(before.astype(np.float32), after.astype(np.float32), _WINDOW)
    if max(abs(x), abs(y)) > _MOST_SHIFT_PX:
        return whole, False
    matrix = np.array([[1.0, 0.0, x], [0.0, 1.0, y]])
    size = (after.shape[1], after.shape[0])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(after, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inside = np.s_[_MARGIN_Y:-_MARGIN_Y, _MARGIN_X:-_MARGIN_X]
    rest = change(np.ascontiguousarray(before[inside]), np.ascontiguousarray(moved[inside]))
    if rest > whole / 2:
        return whole, False
    return max(0.0, rest - _LEFT_OVER), True
