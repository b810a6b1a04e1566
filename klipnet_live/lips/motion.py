"""Motion of a mouth from one crop to the next."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.types import GreyImage

# Keeps noise in a flat image, whose deviation is nearly zero, from counting as motion.
NOISE_LEVEL = 4.0


def change(before: GreyImage, after: GreyImage) -> float:
    """Mean absolute difference of two crops in standard deviations, ignoring overall brightness."""
    moved = cv2.subtract(after, before, dtype=cv2.CV_32F)
    brighter = np.array([cv2.mean(moved)[0], 0.0, 0.0, 0.0])
    _, deviation = cv2.meanStdDev(after)
    return float(cv2.mean(cv2.absdiff(moved, brighter))[0] / (deviation[0, 0] + NOISE_LEVEL))


_SHIFT_CHECK_MIN = 0.06
"""Only changes above this are checked for a shift of the whole crop; smaller ones do not count as speech."""

_MAX_SHIFT_PX = 12
_MARGIN_X, _MARGIN_Y = 15, 8

_SHIFT_RESIDUAL = 0.025
"""Residual change of a compensated shift: 0.024 to 0.042 for a still face that swayed by 15 of 314 px."""

_WINDOW = np.asarray(cv2.createHanningWindow((100, 50), cv2.CV_32F))


def lip_change(before: GreyImage, after: GreyImage) -> tuple[float, bool]:
    """Change of the lips, and whether the whole crop was shifted.

    The crop follows a moving head with a small lag, so the mouth of a swaying, silent person moves within
    the crop (change 0.28, as much as speech). If one shift of the whole crop explains most of the change,
    only the residual counts as lip motion (0.035 in that case, 0.14 for speech).
    """
    whole = change(before, after)
    if whole < _SHIFT_CHECK_MIN or after.shape != _WINDOW.shape or before.shape != after.shape:
        return whole, False
    (x, y), _ = cv2.phaseCorrelate(before.astype(np.float32), after.astype(np.float32), _WINDOW)
    if max(abs(x), abs(y)) > _MAX_SHIFT_PX:
        return whole, False
    matrix = np.array([[1.0, 0.0, x], [0.0, 1.0, y]])
    size = (after.shape[1], after.shape[0])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(after, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inside = np.s_[_MARGIN_Y:-_MARGIN_Y, _MARGIN_X:-_MARGIN_X]
    rest = change(np.ascontiguousarray(before[inside]), np.ascontiguousarray(moved[inside]))
    if rest > whole / 2:
        return whole, False
    return max(0.0, rest - _SHIFT_RESIDUAL), True
