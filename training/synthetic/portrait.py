"""The portrait that talks, and its landmarks, levelled and scaled to a work picture.

All mouth geometry of this package is in units of the inter-ocular distance, x to the right and y down,
from the mean of the portrait's lip points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from klipnet_live.lips.pose import LIP_POINTS, mouth_pose
from klipnet_live.tracking.landmarker import Landmarker
from klipnet_live.types import FloatArray, Image, UserError

PORTRAIT = Path(__file__).parents[2] / "assets" / "demo" / "portrait.png"


@dataclass(frozen=True, slots=True)
class Region:
    """Part of a face around its mouth, in units from the mouth's centre."""

    left: float
    top: float
    right: float
    bottom: float


MOUTH_REGION = Region(-1.1, -0.75, 1.1, 0.8)
"""Enough for a mouth crop of a moving, tilted head."""

FACE_REGION = Region(-2.4, -2.9, 2.4, 1.9)
"""The whole head."""


@dataclass(frozen=True, slots=True)
class WorkPicture:
    """A levelled part of the portrait. `landmarks`: (478, 2) units. `to_portrait`: (2, 3) affine, pixels."""

    image: Image
    landmarks: FloatArray
    unit_px: float
    origin_px: tuple[float, float]
    to_portrait: np.ndarray[tuple[int, int], np.dtype[np.float64]]

    def to_px(self, points: FloatArray) -> FloatArray:
        """Points (n, 2) in units to pixels of this picture."""
        return np.asarray(points * self.unit_px + np.array(self.origin_px), dtype=np.float32)

    def column_units(self) -> FloatArray:
        """x of each pixel column in units, shape (width,)."""
        columns = np.arange(self.image.shape[1], dtype=np.float32)
        return np.asarray((columns - self.origin_px[0]) / self.unit_px, dtype=np.float32)

    def row_units(self) -> FloatArray:
        """y of each pixel row in units, shape (height, 1)."""
        rows = np.arange(self.image.shape[0], dtype=np.float32)[:, None]
        return np.asarray((rows - self.origin_px[1]) / self.unit_px, dtype=np.float32)


@cache
def portrait() -> Image:
    """The bundled portrait, RGB."""
    picture = cv2.imread(str(PORTRAIT), cv2.IMREAD_COLOR)
    if picture is None:
        raise UserError("The portrait {path} is missing: restore assets/demo from the project.", path=PORTRAIT)
    return np.ascontiguousarray(picture[:, :, ::-1])


@cache
def portrait_landmarks() -> FloatArray:
    """Landmarks of the portrait, shape (478, 2) pixels; found once a process."""
    with Landmarker() as landmarker:
        return landmarker(portrait())[0].landmarks


@cache
def work_picture(unit_px: float, region: Region) -> WorkPicture:
    """The portrait around its mouth, eyes level, with an inter-ocular distance of `unit_px`."""
    landmarks = portrait_landmarks()
    pose = mouth_pose(landmarks)
    cosine, sine = np.cos(pose.roll), np.sin(pose.roll)
    turn = np.array([[cosine, -sine], [sine, cosine]])
    centre = landmarks[LIP_POINTS].mean(axis=0)
    units = ((landmarks - centre) @ turn / pose.inter_ocular_px).astype(np.float32)
    origin = np.array([-region.left, -region.top]) * unit_px
    scaled = turn * pose.inter_ocular_px / unit_px
    matrix = np.hstack([scaled, (centre - scaled @ origin)[:, None]])
    size = (round((region.right - region.left) * unit_px), round((region.bottom - region.top) * unit_px))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    image = cv2.warpAffine(portrait(), matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    origin_px = (float(origin[0]), float(origin[1]))
    return WorkPicture(np.asarray(image, dtype=np.uint8), units, unit_px, origin_px, matrix)
