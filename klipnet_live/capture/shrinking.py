"""Reduces pictures to the size of a thumbnail."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.types import Image


def shrunk(image: Image, width: int, height: int) -> Image:
    """The image reduced to fit into `width` x `height` pixels; a smaller one is returned unchanged."""
    scale = min(width / image.shape[1], height / image.shape[0])
    if scale >= 1.0:
        return image
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
