"""Is this the same face? A small upright picture of head and hair, compared by correlation."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.lips.pose import LEFT_EYE_CORNERS, LIP_POINTS, RIGHT_EYE_CORNERS
from klipnet_live.types import Face, FloatArray, Image

SIDE_PX = 24
SAME_FACE = 0.87
"""Correlation above which two signatures show the same face.

Five people of GRID: 0.97 and more within a recording, speaking or not; 0.76 and less for two people.
"""

# Where the eyes and the mouth go in the signature's picture: hair, ears and chin are in it as well.
_ANCHORS = np.array([[7.9, 7.5], [15.1, 7.5], [11.5, 13.5]], dtype=np.float32)

# Drawn larger and averaged down, so that the size of the face on the screen makes no difference.
_OVERSAMPLED = 2
_BLUR_PX = 1.0


def signature(image: Image, face: Face) -> FloatArray:
    """Colours of the upright head, each channel zero mean and unit deviation, unit length, (24 * 24 * 3,)."""
    points = face.landmarks
    parts = (RIGHT_EYE_CORNERS, LEFT_EYE_CORNERS, LIP_POINTS)
    corners = np.stack([points[part].mean(axis=0) for part in parts])
    matrix = cv2.getAffineTransform(corners.astype(np.float32), _ANCHORS * _OVERSAMPLED)
    size = (SIDE_PX * _OVERSAMPLED, SIDE_PX * _OVERSAMPLED)
    large = cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(large, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    smooth = cv2.GaussianBlur(small, (0, 0), _BLUR_PX)
    # Each channel by itself: a change of brightness or of white balance is no change of face.
    values = smooth - smooth.mean(axis=(0, 1))
    values /= values.std(axis=(0, 1)) + 1.0
    return np.asarray(values.ravel() / (np.linalg.norm(values) + 1e-6), dtype=np.float32)


def similarity(one: FloatArray, other: FloatArray) -> float:
    """Correlation of two signatures, -1 to 1."""
    return float(one @ other)
