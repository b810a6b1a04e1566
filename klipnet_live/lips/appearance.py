"""Appearance of the mouth without a network: brightness, and histograms of oriented gradients (Dalal and
Triggs 2005).

A network only distinguishes what its training data needed; these features depend on no training data.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray, GreyImage

WIDTH = 256
"""Number of features of each kind."""

_LIPS = slice(5, 45), slice(26, 74)
_MOUTH = slice(1, 49), slice(18, 82)
"""Parts of a crop, as rows and columns: the lips, and the mouth with its surroundings."""

_THUMBNAIL = (16, 16)
_CELLS = (4, 8)
_DIRECTIONS = 8
_SOFT = 1.2
_SCALES = ((_LIPS, 0.8), (_MOUTH, 1.6), (_MOUTH, 2.5))
"""Parts, and standard deviations in pixels of the blur, of which gradients are computed, fine to coarse."""

KINDS = 1 + len(_SCALES)
"""Number of kinds of features: brightness, and gradients at each scale."""


def brightness(crops: Sequence[GreyImage]) -> FloatArray:
    """Blurred thumbnails of crops (50, 100), in standard deviations of the take; shape (time, `WIDTH`)."""
    mouths = np.stack([crop[_LIPS] for crop in crops]).astype(np.float32)
    mouths = (mouths - mouths.mean()) / (mouths.std() + 1e-3)
    small = [cv2.resize(_blurred(mouth, _SOFT), _THUMBNAIL, interpolation=cv2.INTER_AREA) for mouth in mouths]
    return np.asarray(np.stack(small).reshape(len(crops), WIDTH), dtype=np.float32)


def gradients(crops: Sequence[GreyImage]) -> list[FloatArray]:
    """Histograms of the directions of gradients in a grid of cells, for crops (50, 100), fine to coarse.

    Shape (time, `WIDTH`) at each scale; each frame has unit length, so that contrast does not matter.
    """
    return [_at_scale([crop[part] for crop in crops], blur) for part, blur in _SCALES]


def _at_scale(mouths: Sequence[GreyImage], blur: float) -> FloatArray:
    found = np.stack([_histograms(mouth, blur) for mouth in mouths])
    roots = np.sqrt(found)
    return np.asarray(roots / (np.linalg.norm(roots, axis=1, keepdims=True) + 1e-3), dtype=np.float32)


def _histograms(mouth: GreyImage, blur: float) -> FloatArray:
    """Mean gradient in each cell and direction, shape (`WIDTH`,); a gradient counts for two directions."""
    smooth = _blurred(mouth.astype(np.float32), blur)
    across, down = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    angle = np.arctan2(down, across) / (2 * np.pi) * _DIRECTIONS
    lower = np.floor(angle)
    strength, share = np.hypot(across, down), angle - lower
    first, cells = lower.astype(np.intp) % _DIRECTIONS, _cells(*mouth.shape)
    sums = _sums(cells + first, strength * (1 - share))
    sums += _sums(cells + (first + 1) % _DIRECTIONS, strength * share)
    return np.asarray(sums * (WIDTH // _DIRECTIONS) / mouth.size, dtype=np.float32)


@cache
def _cells(height: int, width: int) -> NDArray[np.intp]:
    """Index of the first direction of the cell of each pixel, shape (height, width)."""
    rows, columns = _CELLS
    row, column = np.indices((height, width))
    return (row * rows // height * columns + column * columns // width) * _DIRECTIONS


def _sums(places: NDArray[np.intp], values: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(np.bincount(places.ravel(), values.ravel(), minlength=WIDTH), dtype=np.float64)


def _blurred(image: FloatArray, sigma: float) -> FloatArray:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), dtype=np.float32)
