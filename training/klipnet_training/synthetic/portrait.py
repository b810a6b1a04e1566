"""The source portrait and its landmarks, levelled and scaled to a work picture.

All mouth geometry of this package is in units of the inter-ocular distance, x to the right and y down,
relative to the mean of the portrait's lip points.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

import cv2
import numpy as np

from klipnet_live.assets import DEMOS
from klipnet_live.lips.pose import LIP_POINTS, mouth_pose
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.types import FloatArray, Image, UserError

Picture = TypeVar("Picture", Image, FloatArray)

PORTRAIT = DEMOS / "portrait.png"


@dataclass(frozen=True, slots=True)
class FaceRegion:
    """Part of a face, in units relative to the centre of the mouth."""

    left: float
    top: float
    right: float
    bottom: float


MOUTH_REGION = FaceRegion(-1.0, -0.65, 1.0, 0.72)
"""Large enough for a mouth crop of a moving, tilted head."""

BUST_REGION = FaceRegion(-4.6, -4.6, 4.6, 4.0)
"""Head and shoulders with a margin."""


@dataclass(frozen=True, slots=True)
class WorkPicture:
    """A levelled part of the portrait. `landmarks`: (478, 2), in units. `origin_px`: centre of the mouth."""

    image: Image
    landmarks: FloatArray
    unit_px: float
    origin_px: tuple[float, float]

    def to_px(self, points: FloatArray) -> FloatArray:
        """Convert points (n, 2) from units to pixels of this picture."""
        return np.asarray(points * self.unit_px + np.array(self.origin_px), dtype=np.float32)

    def to_maps(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Convert sample positions x, y in units, each (height, width), to maps for cv2.remap."""
        unit, (left, top) = np.float32(self.unit_px), self.origin_px
        return (x * unit + left).astype(np.float32), (y * unit + top).astype(np.float32)

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
    """The bundled portrait, RGB. UserError if its file is missing."""
    picture = cv2.imread(str(PORTRAIT), cv2.IMREAD_COLOR)
    if picture is None:
        raise UserError("The portrait {path} is missing: restore it from the project.", path=PORTRAIT)
    return np.ascontiguousarray(picture[:, :, ::-1])


@cache
def portrait_landmarks() -> FloatArray:
    """Landmarks of the portrait, shape (478, 2), in pixels; detected once per process."""
    with closing(Landmarker()) as landmarker:
        return landmarker(portrait())[0].landmarks


@cache
def work_picture(unit_px: float, region: FaceRegion) -> WorkPicture:
    """A region of the portrait with level eyes and an inter-ocular distance of `unit_px`."""
    landmarks = portrait_landmarks()
    pose = mouth_pose(landmarks)
    units = (landmarks - landmarks[LIP_POINTS].mean(axis=0)) @ _turn(pose.roll) / pose.inter_ocular_px
    origin = (-region.left * unit_px, -region.top * unit_px)
    return WorkPicture(levelled(portrait(), unit_px, region), units.astype(np.float32), unit_px, origin)


def levelled(image: Picture, unit_px: float, region: FaceRegion) -> Picture:
    """Crop the portrait, or an image of equal size such as its matte, in the same way as `work_picture`."""
    landmarks = portrait_landmarks()
    pose = mouth_pose(landmarks)
    scaled = _turn(pose.roll) * pose.inter_ocular_px / unit_px
    origin = np.array([-region.left, -region.top]) * unit_px
    matrix = np.hstack([scaled, (landmarks[LIP_POINTS].mean(axis=0) - scaled @ origin)[:, None]])
    size = (round((region.right - region.left) * unit_px), round((region.bottom - region.top) * unit_px))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(image, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, dtype=image.dtype)


def _turn(roll: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])


def window(picture: WorkPicture, region: FaceRegion) -> tuple[tuple[slice, slice], WorkPicture]:
    """The part of a work picture inside a region: its (rows, columns), and the cropped picture."""
    corners = np.array([[region.left, region.top], [region.right, region.bottom]], dtype=np.float32)
    (left, top), (right, bottom) = np.round(picture.to_px(corners)).astype(int)
    left, top = max(int(left), 0), max(int(top), 0)
    place = slice(top, int(bottom)), slice(left, int(right))
    origin = picture.origin_px[0] - left, picture.origin_px[1] - top
    image = np.ascontiguousarray(picture.image[place])
    return place, replace(picture, image=image, origin_px=origin)
