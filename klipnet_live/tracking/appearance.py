"""Is this the same face? A small upright picture of it, compared by correlation."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.lips.pose import LEFT_EYE_CORNERS, LIP_POINTS, RIGHT_EYE_CORNERS
from klipnet_live.types import Face, FloatArray, Image

SIDE_PX = 24
SAME_FACE = 0.88
"""Correlation above which two signatures show the same face (measured on four people of GRID)."""

# Where the eyes and the mouth go in the signature's picture.
_ANCHORS = np.array([[7.0, 8.0], [17.0, 8.0], [12.0, 18.0]], dtype=np.float32)


def signature(image: Image, face: Face) -> FloatArray:
    """Colours of the upright face, zero mean and unit length, shape (24 * 24 * 3,)."""
    points = face.landmarks
    corners = np.stack(
        [points[RIGHT_EYE_CORNERS].mean(axis=0), points[LEFT_EYE_CORNERS].mean(axis=0), points[LIP_POINTS].mean(axis=0)]
    )
    matrix = cv2.getAffineTransform(corners.astype(np.float32), _ANCHORS)
    upright = cv2.warpAffine(image, matrix, (SIDE_PX, SIDE_PX), flags=cv2.INTER_LINEAR)
    values = cv2.GaussianBlur(upright, (3, 3), 0).astype(np.float32).ravel()
    values -= values.mean()
    return np.asarray(values / (np.linalg.norm(values) + 1e-6), dtype=np.float32)


def similarity(one: FloatArray, other: FloatArray) -> float:
    """Correlation of two signatures, -1 to 1."""
    return float(one @ other)
