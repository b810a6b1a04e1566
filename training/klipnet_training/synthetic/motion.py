"""Random motion of a head at rest: sway, breathing and blinks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FPS, FloatArray

_SWAYS_HZ = (0.13, 0.31, 0.57)
_SWAY_UNITS = 0.030
_ROLL_RAD = 0.018
_BREATH_HZ = 0.27
_BREATH_UNITS = 0.012
_BLINK_EVERY_S = 3.4
_BLINK_FRAMES = (0.35, 0.9, 1.0, 0.75, 0.4, 0.15)


@dataclass(frozen=True, slots=True)
class Motion:
    """For each frame: offset (frames, 2) in units, roll in radians, eyelids from 0 (open) to 1 (shut)."""

    offset: FloatArray
    roll: FloatArray
    lids: FloatArray


def random_motion(frames: int, amount: float, random: np.random.Generator) -> Motion:
    """Draw the motion of a head; `amount` scales sway and breathing, not the blinks."""
    times_s = np.arange(frames) / FPS
    sway = np.column_stack([_wander(times_s, random) for _ in range(2)]) * _SWAY_UNITS
    breath = np.sin(2 * np.pi * (_BREATH_HZ * times_s + random.random())) * _BREATH_UNITS
    offset = (sway + np.column_stack([np.zeros(frames), breath])) * amount
    roll = _wander(times_s, random) * _ROLL_RAD * amount
    return Motion(offset.astype(np.float32), roll.astype(np.float32), _blinks(frames, random))


def _wander(times_s: NDArray[np.floating], random: np.random.Generator) -> FloatArray:
    """Slow motion between about -1 and 1."""
    waves = [np.sin(2 * np.pi * (hertz * times_s + random.random())) / (1 + hertz) for hertz in _SWAYS_HZ]
    return np.asarray(np.sum(waves, axis=0) / 2, dtype=np.float32)


def _blinks(frames: int, random: np.random.Generator) -> FloatArray:
    lids = np.zeros(frames, dtype=np.float32)
    at = int(random.uniform(0.3, 1.0) * _BLINK_EVERY_S * FPS)
    while at + len(_BLINK_FRAMES) < frames:
        lids[at : at + len(_BLINK_FRAMES)] = _BLINK_FRAMES
        at += int(random.uniform(0.6, 1.5) * _BLINK_EVERY_S * FPS)
    return lids
