"""Face signatures: a small upright image of the head, compared by correlation."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.lips.pose import LEFT_EYE_CORNERS, LIP_POINTS, RIGHT_EYE_CORNERS
from klipnet_live.types import Face, FloatArray, Image

SIDE_PX = 24
SAME_FACE = 0.85
"""Minimum correlation of two signatures of the same face.

Five people of GRID: at least 0.945 within a recording, speaking or not, and 0.81 between recordings of one
person; at most 0.74 for two people.
"""

STRANGER = 0.6
"""A face less similar than this to the track at its place is another person."""

STRANGER_AFTER_CUT = 0.78
"""Stricter after a cut: head rotation cannot explain the change."""

# Positions of the eyes and the mouth in the signature image.
_ANCHORS = np.array([[6.5, 9.0], [16.5, 9.0], [11.5, 17.0]], dtype=np.float32)

# Drawn larger and averaged, so that the signature does not depend on the size of the face.
_OVERSAMPLED = 2
_BLUR_PX = 1.0


def _head() -> FloatArray:
    """Weight of each pixel, (24, 24, 1): an ellipse with a soft edge.

    Outside the head are the tile's border or its neighbour, which change with the layout.
    """
    row, column = np.mgrid[:SIDE_PX, :SIDE_PX].astype(np.float32) - 11.5
    distance = np.hypot(column / 10, row / 11)
    return np.asarray(np.clip((1.3 - distance) / 0.3, 0.0, 1.0)[:, :, None], dtype=np.float32)


_HEAD = _head()


def signature(image: Image, face: Face) -> FloatArray:
    """Colours of the upright head with zero mean and unit deviation per channel, unit length, (24 * 24 *
    3,).
    """
    points = face.landmarks
    parts = (RIGHT_EYE_CORNERS, LEFT_EYE_CORNERS, LIP_POINTS)
    corners = np.stack([points[part].mean(axis=0) for part in parts])
    matrix = cv2.getAffineTransform(corners.astype(np.float32), _ANCHORS * _OVERSAMPLED)
    size = (SIDE_PX * _OVERSAMPLED, SIDE_PX * _OVERSAMPLED)
    large = cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(large, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    smooth = cv2.GaussianBlur(small, (0, 0), _BLUR_PX)
    # Per channel: changes of brightness or white balance do not matter.
    values = (smooth - (smooth * _HEAD).sum(axis=(0, 1)) / _HEAD.sum()) * _HEAD
    values /= np.sqrt((values**2).sum(axis=(0, 1)) / _HEAD.sum()) + 1.0
    return np.asarray(values.ravel() / (np.linalg.norm(values) + 1e-6), dtype=np.float32)


def similarity(one: FloatArray, other: FloatArray) -> float:
    """Correlation of two signatures, -1 to 1."""
    return float(one @ other)
