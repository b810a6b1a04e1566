"""Renders the inside of the mouth: cavity, tongue, lower and upper teeth."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from klipnet_live.types import FloatArray, Image
from klipnet_training.synthetic.contours import Contours
from klipnet_training.synthetic.portrait import WorkPicture
from klipnet_training.synthetic.visemes import CHANNELS

_CAVITY = np.array([62.0, 30.0, 28.0], dtype=np.float32)
_TONGUE = np.array([186.0, 100.0, 98.0], dtype=np.float32)
_SEAM = np.array([70.0, 34.0, 32.0], dtype=np.float32)

_TEETH_RISE = 0.10
"""How far the teeth extend upwards behind the portrait's upper lip."""
_LOWER_TEETH_TOP = 0.075
"""Upper edge of the lower teeth when the jaw is up: slightly above the edge of the upper teeth."""
_LOWER_TEETH_WIDTH = 0.72
_DENTAL_HALF_WIDTH = 0.36
_LIP_SHADOW = 0.07
_ROUND_SHADE = 0.68
_JAW_TO_TEETH = 0.80
_BETWEEN_TEETH = 0.86
_TONGUE_TOP = 0.06
_ROUNDING = CHANNELS.index("rounding")
_TONGUE_HEIGHT = CHANNELS.index("tongue")


@dataclass(frozen=True, slots=True)
class Oral:
    """Inside of a speaker's mouth. `teeth_light` and `tongue_light` scale brightness; lengths in units."""

    teeth_light: float = 0.95
    tongue_light: float = 0.75
    seam_light: float = 1.0
    teeth_shift: float = 0.02


class Interior:
    """Paints the inside of the mouth, and the seam between closed lips, over a warped image."""

    def __init__(self, picture: WorkPicture, source: Contours, oral: Oral) -> None:
        self._picture = picture
        self._source = source
        self._oral = oral

    def __call__(self, warped: Image, lips: Contours, posture: FloatArray) -> Image:
        """Paint the inside of the mouth; `posture` has channels as in `visemes.CHANNELS`."""
        box = self._bounds(lips)
        x = self._picture.column_units()[box[1]]
        y = self._picture.row_units()[box[0]]
        upper = np.interp(x, lips.inner_upper[:, 0], lips.inner_upper[:, 1]).astype(np.float32)
        lower = np.interp(x, lips.inner_lower[:, 0], lips.inner_lower[:, 1]).astype(np.float32)
        colour = self._layers(x, y, upper, lips, posture)
        edge = 1.2 / self._picture.unit_px
        mask = np.clip((y - upper) / edge + 0.3, 0, 1) * np.clip((lower - y) / edge + 0.3, 0, 1)
        part = warped[box].astype(np.float32)
        part += mask[..., None] * (colour - part)
        part += self._seam(x, y, upper, lower, lips)[..., None] * (_SEAM * self._oral.seam_light - part)
        painted = warped.copy()
        painted[box] = np.clip(part, 0, 255).astype(np.uint8)
        return painted

    def _bounds(self, lips: Contours) -> tuple[slice, slice]:
        """Rows and columns of the image that can contain the inside of the mouth."""
        points = self._picture.to_px(np.concatenate([lips.inner_upper, lips.inner_lower]))
        height, width = self._picture.image.shape[:2]
        left, top = np.maximum(0, points.min(axis=0) - 3).astype(int)
        right, bottom = np.minimum((width, height), points.max(axis=0) + 4).astype(int)
        return slice(int(top), int(bottom)), slice(int(left), int(right))

    def _layers(
        self, x: FloatArray, y: FloatArray, upper: FloatArray, lips: Contours, posture: FloatArray
    ) -> FloatArray:
        """Cavity, tongue and teeth from back to front, shaded by the lips; (rows, columns, 3)."""
        tongue = float(posture[_TONGUE_HEIGHT])
        layer = np.tile(_CAVITY, (*np.broadcast_shapes(x.shape, y.shape), 1))
        tongue_alpha, tongue_light = _tongue(x, y, lips.jaw_drop, tongue)
        behind = self._teeth(x / _LOWER_TEETH_WIDTH, self._mirrored(y, lips.jaw_drop))
        front = self._teeth(x, y - self._oral.teeth_shift)
        between = tongue > _BETWEEN_TEETH
        tongue_layer = (tongue_light[..., None] * _TONGUE * self._oral.tongue_light, tongue_alpha)
        stack = [behind, front, tongue_layer] if between else [tongue_layer, behind, front]
        for colour, alpha in stack:
            layer += alpha[..., None] * (colour - layer)
        depth = np.clip(0.6 + (y - upper) / _LIP_SHADOW * 0.4, 0.6, 1.0)
        sides = np.sqrt(np.clip(1.05 - (x / lips.half_width) ** 2, 0.05, 1.0))
        # Rounded lips protrude and shade what is behind them.
        shade = depth * sides * (1 - _ROUND_SHADE * float(posture[_ROUNDING]))
        return np.asarray(layer * shade[..., None], dtype=np.float32)

    def _teeth(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Colour and alpha of the portrait's teeth at x, y (units) in the teeth's own frame."""
        source = self._source
        gum = np.interp(x, source.inner_upper[:, 0], source.inner_upper[:, 1]) + 0.03
        tip = np.interp(x, source.inner_lower[:, 0], source.inner_lower[:, 1]) - 0.015
        edge = 1.5 / self._picture.unit_px
        alpha = np.clip((tip - y) / edge, 0, 1) * np.clip((y - gum + _TEETH_RISE) / 0.03, 0, 1)
        alpha *= np.clip((_DENTAL_HALF_WIDTH - np.abs(x)) / 0.08, 0, 1)
        seen_y = np.minimum(np.maximum(y, gum), tip - edge)
        at_x, at_y = self._picture.to_maps(np.broadcast_to(x, seen_y.shape), seen_y)
        colour = cv2.remap(self._picture.image, at_x, at_y, cv2.INTER_LINEAR).astype(np.float32)
        return colour * self._oral.teeth_light, np.asarray(alpha, dtype=np.float32)

    def _mirrored(self, y: FloatArray, jaw_drop: float) -> FloatArray:
        """Rows of the upper teeth used for the lower teeth, mirrored and moved with the jaw."""
        tip = float(self._source.inner_lower[5, 1]) - 0.015
        return np.asarray(tip - (y - jaw_drop * _JAW_TO_TEETH - _LOWER_TEETH_TOP), dtype=np.float32)

    def _seam(
        self, x: FloatArray, y: FloatArray, upper: FloatArray, lower: FloatArray, lips: Contours
    ) -> FloatArray:
        """Alpha of the dark seam where the lips touch, shape (rows, columns)."""
        closed = np.clip(1 - (lower - upper) / 0.05, 0, 1)
        ends = np.clip((lips.half_width - np.abs(x)) / 0.06, 0, 1)
        line = np.exp(-(((y - (upper + lower) / 2) / 0.016) ** 2))
        return np.asarray(0.62 * closed * ends * line, dtype=np.float32)


def _tongue(x: FloatArray, y: FloatArray, jaw_drop: float, height: float) -> tuple[FloatArray, FloatArray]:
    """Alpha and brightness of the tongue, from resting on the jaw to touching the upper teeth."""
    floor = 0.14 + jaw_drop * 0.85
    top = max(_TONGUE_TOP, floor - 0.11 - 0.10 * height - 0.75 * jaw_drop * max(0.0, height - 0.2))
    across = np.clip(1 - (x / 0.27) ** 2, 0, 1)
    rim = floor - (floor - top) * across**0.6
    alpha = np.clip((y - rim) / 0.03, 0, 1) * np.clip(across * 4, 0, 1)
    groove = 1 - 0.18 * np.exp(-((x / 0.025) ** 2))
    light = np.clip(0.55 + (y - rim) * 3.0, 0.55, 1.0) * groove
    return np.asarray(alpha, dtype=np.float32), np.asarray(light, dtype=np.float32)
