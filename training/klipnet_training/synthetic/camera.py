"""Simulates the camera: position of the face in the image, lighting and sensor."""

from __future__ import annotations

import cv2
import numpy as np

from klipnet_live.lips.pose import LEFT_EYE_CORNERS, RIGHT_EYE_CORNERS
from klipnet_live.types import FloatArray, Image
from klipnet_training.synthetic.look import Look, Optics
from klipnet_training.synthetic.portrait import Picture, WorkPicture

Affine = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""Shape (2, 3): maps face units to pixels of the image."""


def face_to_picture(
    look: Look, centre_px: tuple[float, float], offset: FloatArray, roll: float, unit_px: float
) -> Affine:
    """Transform of a face with its mouth at `centre_px`, moved by `offset` units and rotated by `roll`."""
    angle = look.roll + roll
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    # A wider face keeps its inter-ocular distance and becomes shorter instead.
    scale = np.diag([-1.0 if look.mirrored else 1.0, 1.0 / look.aspect]) * unit_px
    place = np.array(centre_px) + offset * unit_px
    return np.hstack([turn @ scale, place[:, None]])


def view(image: Picture, picture: WorkPicture, affine: Affine, size: tuple[int, int]) -> Picture:
    """A talker's rendered image (or its matte) as the camera sees it; size (width, height)."""
    origin = np.array(picture.origin_px)
    turn = affine[:, :2] / picture.unit_px
    matrix = np.hstack([turn, (affine[:, 2] - turn @ origin)[:, None]])
    seen = cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, dtype=image.dtype)


def seen_landmarks(affine: Affine, landmarks: FloatArray) -> FloatArray:
    """Landmarks (478, 2) in units to pixels of the image.

    In a mirrored face left and right eye are swapped, as a face tracker would label them.
    """
    seen = np.asarray(landmarks @ affine[:, :2].T + affine[:, 2], dtype=np.float32)
    if np.linalg.det(affine[:, :2]) < 0:
        seen[np.concatenate([RIGHT_EYE_CORNERS, LEFT_EYE_CORNERS])] = seen[
            np.concatenate([LEFT_EYE_CORNERS[::-1], RIGHT_EYE_CORNERS[::-1]])
        ]
    return seen


class Sensor:
    """Simulates optics and sensor: blur, shading, tone curve, tint and noise, constant for a clip."""

    def __init__(self, optics: Optics, size: tuple[int, int], random: np.random.Generator) -> None:
        self._optics = optics
        self._random = random
        self._curves = _tone_curves(optics)
        self._shading = _shading(optics.light_from, size)

    def __call__(self, image: Image) -> Image:
        optics = self._optics
        if optics.blur_px > 0:
            image = np.asarray(cv2.GaussianBlur(image, (0, 0), optics.blur_px), dtype=np.uint8)
        toned = cv2.LUT(image, self._curves).astype(np.float32) * self._shading
        if optics.noise > 0:
            noise = self._random.standard_normal(image.shape[:2], dtype=np.float32)
            toned += (noise * optics.noise)[..., None]
        return np.asarray(np.clip(toned, 0, 255), dtype=np.uint8)


def _tone_curves(optics: Optics) -> Image:
    """Lookup table for cv2.LUT, shape (1, 256, 3)."""
    level = np.linspace(0.0, 1.0, 256) ** optics.gamma
    level = ((level - 0.5) * optics.contrast + 0.5) * 255 + optics.brightness
    return np.asarray(np.clip(level[None, :, None] * np.array(optics.tint), 0, 255), dtype=np.uint8)


def _shading(light_from: tuple[float, float], size: tuple[int, int]) -> FloatArray:
    """Lighting gradient across the image, shape (height, width, 1)."""
    x = np.linspace(-1.0, 1.0, size[0])[None, :]
    y = np.linspace(-1.0, 1.0, size[1])[:, None]
    return np.asarray(1 + light_from[0] * x + light_from[1] * y, dtype=np.float32)[..., None]
