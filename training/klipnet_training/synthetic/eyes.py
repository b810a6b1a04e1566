"""Renders blinks: the upper eyelid moves down over the eye."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.types import FloatArray, Image
from klipnet_training.synthetic.portrait import WorkPicture

_UPPER_LIDS = (
    np.array([33, 246, 161, 160, 159, 158, 157, 173, 133]),
    np.array([362, 398, 384, 385, 386, 387, 388, 466, 263]),
)
_LOWER_LIDS = (
    np.array([33, 7, 163, 144, 145, 153, 154, 155, 133]),
    np.array([362, 382, 381, 380, 374, 373, 390, 249, 263]),
)
_SKIN_ABOVE = 0.14
"""Height of the skin above the eye that stretches when the lid closes, in units."""


def close_lids(image: Image, picture: WorkPicture, shut: float) -> Image:
    """The image with both eyes closed by a fraction from 0 to 1."""
    result = image.copy()
    for upper, lower in zip(_UPPER_LIDS, _LOWER_LIDS, strict=True):
        _close_one(result, image, picture, picture.landmarks[upper], picture.landmarks[lower], shut)
    return result


def _close_one(
    result: Image, image: Image, picture: WorkPicture, upper: FloatArray, lower: FloatArray, shut: float
) -> None:
    """Draw one eye into `result`: rows above the moved lid are stretched skin, rows below are unchanged."""
    highest, lowest = upper[:, 1].min() - _SKIN_ABOVE, lower[:, 1].max()
    corners = picture.to_px(np.array([[upper[0, 0], highest], [upper[-1, 0], lowest]], dtype=np.float32))
    (left, top), (right, bottom) = np.round(corners).astype(int)
    window = slice(max(top, 0), bottom + 2), slice(left, right + 1)
    x, y = picture.column_units()[window[1]], picture.row_units()[window[0]]
    lid = np.interp(x, upper[:, 0], upper[:, 1])
    closed = lid + shut * (np.interp(x, lower[:, 0], lower[:, 1]) - lid)
    brow = lid - _SKIN_ABOVE
    # The edge with the lashes moves with the lid; the skin above it stretches evenly.
    stretched = brow + (y - brow) * (lid - brow) / (closed - brow)
    source_y = np.where(y <= closed, stretched, y)
    source_x = np.broadcast_to(x, source_y.shape)
    at_x, at_y = picture.to_maps(source_x, source_y)
    result[window] = cv2.remap(image, at_x, at_y, cv2.INTER_LINEAR)
