"""Lip contours of the portrait, and of a mouth in a given posture.

A contour has 11 points from the left to the right corner of the mouth, in units (see portrait.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray

OUTER_UPPER = np.array([61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291])
INNER_UPPER = np.array([78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308])
INNER_LOWER = np.array([78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308])
OUTER_LOWER = np.array([61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291])

MAX_JAW_DROP = 0.34
_INNER_WIDTH = 0.95
_SPREAD_GAP = 0.11
_TUCK_GAP = 0.05
_UPPER_LIP_SHARE = 0.16
_SHUT_BY = 1.2


@dataclass(frozen=True, slots=True)
class Build:
    """Shape of a speaker's mouth and its range of motion. Lengths in units."""

    half_width: float = 0.43
    upper_thickness: float = 0.085
    lower_thickness: float = 0.125
    seam_y: float = 0.065
    corner_y: float = -0.015
    opening: float = 1.0
    spreading: float = 1.0


@dataclass(frozen=True, slots=True)
class Contours:
    """Four lip contours, each (11, 2), drop of the jaw and gap between the lips, all in units."""

    outer_upper: FloatArray
    inner_upper: FloatArray
    inner_lower: FloatArray
    outer_lower: FloatArray
    jaw_drop: float
    gap: float

    @property
    def half_width(self) -> float:
        return float(self.outer_upper[-1, 0])


def portrait_contours(landmarks: FloatArray) -> Contours:
    """The contours of the portrait itself, from its landmarks in units."""
    upper, lower = landmarks[INNER_UPPER], landmarks[INNER_LOWER]
    gap = float(lower[5, 1] - upper[5, 1])
    return Contours(landmarks[OUTER_UPPER], upper, lower, landmarks[OUTER_LOWER], 0.0, gap)


def posed_contours(posture: FloatArray, build: Build) -> Contours:
    """The contours of a mouth in a posture (7,), with channels as in `visemes.CHANNELS`."""
    jaw, width, rounding, closure, tuck, teeth, _ = (float(value) for value in posture)
    gap = lip_gap(posture, build)
    half = build.half_width * (1 + build.spreading * (0.13 * width - 0.20 * rounding) - 0.05 * jaw)
    plump = (1 + 0.25 * rounding) * (1 - 0.35 * closure * _speaking(posture)) * (1 - 0.15 * teeth)
    across = np.linspace(-1.0, 1.0, 11)
    across = np.sign(across) * np.abs(across) ** 0.85
    bow = 1 - across**2
    seam = build.seam_y + build.corner_y * across**2 - 0.012 * bow * rounding
    # A rounded opening is a narrow ellipse, a spread opening a long slit.
    opening = gap * bow ** (0.75 + 0.35 * rounding)
    upwards = _UPPER_LIP_SHARE + 0.15 * max(tuck, rounding)
    upper_y = seam - opening * upwards
    lower_y = seam + opening * (1 - upwards)
    cupid = 1 - 0.16 * np.exp(-((across / 0.13) ** 2))
    upper_lip = build.upper_thickness * plump * (1 - np.abs(across) ** 2.4) * cupid
    lower_lip = build.lower_thickness * plump * (1 - 0.45 * tuck) * bow**0.75
    return Contours(
        outer_upper=_curve(across * half, upper_y - upper_lip),
        inner_upper=_curve(across * half * _INNER_WIDTH, upper_y),
        inner_lower=_curve(across * half * _INNER_WIDTH, lower_y),
        outer_lower=_curve(across * half, lower_y + lower_lip),
        jaw_drop=MAX_JAW_DROP * jaw * build.opening,
        gap=gap,
    )


def lip_gap(posture: FloatArray, build: Build) -> float:
    """Gap between the lips at the middle, in units."""
    jaw, _, rounding, closure, tuck, teeth, _ = (float(value) for value in posture)
    free = MAX_JAW_DROP * jaw * (1 - 0.22 * rounding) + _SPREAD_GAP * teeth
    tucked = free * (1 - 0.85 * tuck) + _TUCK_GAP * tuck
    return tucked * build.opening * max(0.0, 1 - _SHUT_BY * closure)


def _speaking(posture: FloatArray) -> float:
    """Near 0 at rest, near 1 when lips are pressed together for a sound (the jaw is then not fully up)."""
    return float(np.clip(posture[0] / 0.08, 0.0, 1.0))


def _curve(x: NDArray[np.floating], y: NDArray[np.floating]) -> FloatArray:
    return np.column_stack([x, y]).astype(np.float32)
