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
