"""Mouth crops: upright, at a fixed scale, in grey."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from klipnet_live.lips.pose import Alignment, MouthPose
from klipnet_live.types import GreyImage, Image


@dataclass(frozen=True, slots=True)
class CropGeometry:
    """Crop size in pixels, and its width in inter-ocular distances.

    `alignment`: how scale and roll are determined: `eyes`, or `mean_face` for the similarity transform
    that maps eyes, nose and mouth to Auto-AVSR's mean face, whose inter-ocular distance is the unit.
    `centre_frames`, `scale_frames`: see `PoseSmoother`.
    """

    width: int = 100
    height: int = 50
    width_in_inter_ocular: float = 1.45
    centre_frames: int = 5
    scale_frames: int = 15
    alignment: Alignment = "eyes"


def crop_mouth(image: Image, pose: MouthPose, geometry: CropGeometry | None = None) -> GreyImage:
    """Grey mouth crop, shape (height, width), of an RGB image; pixels outside it repeat the edge."""
    geometry = geometry or CropGeometry()
    source_width = geometry.width_in_inter_ocular * max(pose.inter_ocular_px, 1.0)
    patch, left, top = _grey_patch(image, pose, source_width)
    # If the face is larger than the crop, warp to a multiple of the size and average, to avoid aliasing.
    factor = max(1, math.ceil(source_width / geometry.width - 0.5))
    size = (geometry.width * factor, geometry.height * factor)
    matrix = _crop_to_source(pose, source_width / size[0], size)
    matrix[:, 2] -= (left, top)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpAffine(patch, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    if factor > 1:
        warped = cv2.resize(warped, (geometry.width, geometry.height), interpolation=cv2.INTER_AREA)
    return np.asarray(warped, dtype=np.uint8)


def _grey_patch(image: Image, pose: MouthPose, source_width: float) -> tuple[GreyImage, int, int]:
    """The part of the image that the crop can touch, in grey, and its (left, top)."""
    height, width = image.shape[:2]
    reach = source_width * 0.6 + 2
    left = int(min(max(pose.x - reach, 0), width - 1))
    top = int(min(max(pose.y - reach, 0), height - 1))
    right = int(min(max(pose.x + reach + 1, left + 1), width))
    bottom = int(min(max(pose.y + reach + 1, top + 1), height))
    grey = cv2.cvtColor(image[top:bottom, left:right], cv2.COLOR_RGB2GRAY)
    return np.asarray(grey, dtype=np.uint8), left, top


def _crop_to_source(
    pose: MouthPose, source_px_per_crop_px: float, size: tuple[int, int]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Affine matrix, shape (2, 3), from crop pixels to image pixels."""
    cosine = math.cos(pose.roll) * source_px_per_crop_px
    sine = math.sin(pose.roll) * source_px_per_crop_px
    centre_x, centre_y = (size[0] - 1) / 2, (size[1] - 1) / 2
    return np.array(
        [
            [cosine, -sine, pose.x - cosine * centre_x + sine * centre_y],
            [sine, cosine, pose.y - sine * centre_x - cosine * centre_y],
        ]
    )
