"""Retouches the lips and beard of the portrait, once per speaker."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from klipnet_live.types import FloatArray
from klipnet_training.synthetic.contours import portrait_contours
from klipnet_training.synthetic.look import Skin
from klipnet_training.synthetic.portrait import WorkPicture

_BEARD_SEED = 5
_BEARD_COLOUR = np.array([70.0, 58.0, 52.0], dtype=np.float32)


def retouched(picture: WorkPicture, skin: Skin) -> WorkPicture:
    """The picture with recoloured lips and, if `skin.beard` is above 0, a beard."""
    image = picture.image.astype(np.float32)
    lips = _lip_mask(picture)[..., None]
    tone = np.array([skin.lip_light * skin.lip_redness, skin.lip_light, skin.lip_light], dtype=np.float32)
    image *= 1 + lips * (tone - 1)
    if skin.beard > 0:
        image += (skin.beard * _beard_mask(picture) * (1 - lips[..., 0]))[..., None] * (_BEARD_COLOUR - image)
    return replace(picture, image=np.clip(image, 0, 255).astype(np.uint8))


def _lip_mask(picture: WorkPicture) -> FloatArray:
    """1 on the lips, 0 on skin and teeth, soft edges; shape (height, width)."""
    lips = portrait_contours(picture.landmarks)
    outer = np.concatenate([lips.outer_upper, lips.outer_lower[::-1]])
    inner = np.concatenate([lips.inner_upper, lips.inner_lower[::-1]])
    mask = np.zeros(picture.image.shape[:2], dtype=np.float32)
    cv2.fillPoly(mask, [np.round(picture.to_px(outer)).astype(np.int32)], 1.0)
    cv2.fillPoly(mask, [np.round(picture.to_px(inner)).astype(np.int32)], 0.0)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.02 * picture.unit_px), dtype=np.float32)


def _beard_mask(picture: WorkPicture) -> FloatArray:
    """Alpha of a beard on chin, jaw and upper lip, with the grain of stubble; shape (height, width)."""
    x, y = picture.column_units()[None, :], picture.row_units()
    chin = np.clip((y - 0.16 + 0.0 * x) / 0.3, 0, 1) * np.clip((0.85 - y) / 0.15, 0, 1)
    cheeks = np.clip((np.abs(x) - 0.35) / 0.3, 0, 1) * np.clip((y + 0.15) / 0.3, 0, 1)
    moustache = np.exp(-(((y + 0.15) / 0.07) ** 2)) * np.clip((0.5 - np.abs(x)) / 0.2, 0, 1)
    face = np.clip((0.92 - np.hypot(x * 0.92, y * 0.9)) / 0.12, 0, 1)
    grain = np.random.default_rng(_BEARD_SEED).uniform(0.35, 0.75, picture.image.shape[:2])
    return np.asarray(np.maximum(np.maximum(chin, cheeks), moustache) * face * grain, dtype=np.float32)
