"""Changes to a mouth clip that leave what is said unchanged. All take and give (frames, h, w) u8."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from klipnet_training.data.stored import Crops
from klipnet_training.ranges import Count, NotNegative, Part

Random = np.random.Generator

_WARP_PX = 3.0


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How strongly clips are changed; probabilities and half-ranges, 0 leaves a clip alone."""

    flip: Part = 0.5
    shift_x_px: NotNegative = 6.0
    shift_y_px: NotNegative = 4.0
    scale: NotNegative = 0.12
    roll_degrees: NotNegative = 6.0
    speed: NotNegative = 0.2
    jitter: Part = 0.05
    time_mask: Part = 0.4
    time_mask_frames: Count = 6
    gamma: NotNegative = 0.35
    light: NotNegative = 0.25
    blur: Part = 0.3
    noise: NotNegative = 4.0
    patch: Part = 0.15
    disguise: Part = 0.0
    """Probability that the lips have another shape and the skin another texture, as of someone else."""


def augment(crops: Crops, how: Augmentation, random: Random) -> Crops:
    """Changes of place, light and sharpness, and freezes; the change of speed is `warp_time`."""
    crops = move(crops, how, random)
    if random.random() < how.blur:
        crops = coarsen(crops, random)
    if random.random() < how.disguise:
        crops = retexture(reshape(crops, random), random)
    crops = relight(crops, how, random)
    if random.random() < how.patch:
        crops = cover_patch(crops, random)
    if random.random() < how.time_mask and how.time_mask_frames:
        crops = mask_time(crops, how.time_mask_frames, random)
    return crops


def planned_length(frames: int, how: Augmentation, random: Random) -> int:
    """Frames after a random change of speed."""
    return max(2, round(frames * float(np.exp(random.uniform(-how.speed, how.speed)))))


def warp_time(crops: Crops, length: int, how: Augmentation, random: Random) -> Crops:
    """Change the speed so that `length` frames remain, drop and repeat single frames."""
    places = np.linspace(0, len(crops) - 1, length)
    places += (random.random(length) < how.jitter) * random.choice((-1.0, 1.0), length)
    places = np.clip(places, 0, len(crops) - 1)
    return _at(crops, places, smooth=random.random() < 0.5)


def move(crops: Crops, how: Augmentation, random: Random) -> Crops:
    """Shift, scale, roll and mirror the whole clip, with a slow drift as of a moving head."""
    height, width = crops.shape[1:]
    mirror = -1.0 if random.random() < how.flip else 1.0
    roll = np.deg2rad(random.uniform(-how.roll_degrees, how.roll_degrees))
    scale = float(np.exp(random.uniform(-how.scale, how.scale)))
    stretch = float(np.exp(random.uniform(-how.scale, how.scale) / 2))
    start = random.uniform(-1, 1, 2) * (how.shift_x_px, how.shift_y_px)
    end = start + random.normal(0, 0.25, 2) * (how.shift_x_px, how.shift_y_px)
    turn = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    linear = turn @ np.diag([mirror * stretch, 1.0 / stretch]) * scale
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    moved = np.empty_like(crops)
    for i, part in enumerate(np.linspace(0, 1, len(crops))):
        offset = middle - linear @ middle + start + part * (end - start)
        matrix = np.column_stack([linear, offset])
        moved[i] = cv2.warpAffine(crops[i], matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return moved


def relight(crops: Crops, how: Augmentation, random: Random) -> Crops:
    """Gamma, a slanted light across the face, and sensor noise."""
    height, width = crops.shape[1:]
    gamma = float(np.exp(random.uniform(-how.gamma, how.gamma)))
    curve = (255 * (np.arange(256) / 255) ** gamma).astype(np.float32)
    slope_x, slope_y = random.uniform(-how.light, how.light, 2)
    light = 1 + slope_x * np.linspace(-1, 1, width)[None] + slope_y * np.linspace(-1, 1, height)[:, None]
    lit = curve[crops] * light.astype(np.float32)
    deviation = random.uniform(0, how.noise)
    if deviation > 0.5:
        lit += random.standard_normal(lit.shape, dtype=np.float32) * deviation
    return _bytes(np.clip(lit, 0, 255))


def coarsen(crops: Crops, random: Random) -> Crops:
    """As from a small or soft picture: down to 30..70 % of the size and back (mouths of 17 px and up)."""
    height, width = crops.shape[1:]
    part = random.uniform(0.3, 0.7)
    small = (max(8, round(width * part)), max(4, round(height * part)))
    return np.stack(
        [cv2.resize(cv2.resize(crop, small, interpolation=cv2.INTER_AREA), (width, height)) for crop in crops]
    )


def reshape(crops: Crops, random: Random) -> Crops:
    """Other lips: one smooth warp of the whole clip, of a few pixels."""
    height, width = crops.shape[1:]
    coarse = random.normal(0, _WARP_PX, (2, 3, 5)).astype(np.float32)
    shift_x, shift_y = (cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC) for part in coarse)
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    places = columns + shift_x, rows + shift_y / 2
    return np.stack(
        [cv2.remap(crop, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) for crop in crops]
    )


def retexture(crops: Crops, random: Random) -> Crops:
    """Another skin over the same shapes: partly the picture behind a small random filter.

    Xu et al. 2021, "Robust and Generalizable Visual Representation Learning via Random Convolutions",
    arXiv:2007.13003, the mixed form.
    """
    side = int(random.choice((3, 5, 7)))
    kernel = random.normal(0, 1, (side, side)).astype(np.float32)
    kernel -= kernel.mean() * np.float32(random.random())
    part = np.float32(random.random())
    plain = crops - crops.mean(dtype=np.float32)
    filtered = np.stack([cv2.filter2D(crop, -1, kernel) for crop in plain])
    # The sign that keeps dark lips darker than the skin around them.
    scale = plain.std() / (filtered.std() + 1e-3) * (1 if (filtered * plain).mean() > 0 else -1)
    mixed = part * plain + (1 - part) * scale * (filtered - filtered.mean())
    return _bytes(np.clip(mixed * (plain.std() / (mixed.std() + 1e-3)) + crops.mean(), 0, 255))


def cover_patch(crops: Crops, random: Random) -> Crops:
    """A grey patch over part of the mouth during the whole clip, as a hand or a microphone would."""
    height, width = crops.shape[1:]
    tall, wide = random.integers(6, height // 3), random.integers(10, width // 3)
    top, left = random.integers(0, height - tall), random.integers(0, width - wide)
    covered = crops.copy()
    covered[:, top : top + tall, left : left + wide] = int(crops.mean())
    return covered


def mask_time(crops: Crops, longest: int, random: Random) -> Crops:
    """The picture freezes for a moment, as video calls do."""
    length = int(random.integers(1, longest + 1))
    if len(crops) <= length + 2:
        return crops
    start = int(random.integers(1, len(crops) - length))
    frozen = crops.copy()
    frozen[start : start + length] = crops[start - 1]
    return frozen


def _at(crops: Crops, places: NDArray[np.float64], smooth: bool) -> Crops:
    if not smooth:
        return _bytes(crops[np.round(places).astype(int)])
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, len(crops) - 1)
    weight = (places - low).astype(np.float32)[:, None, None]
    return _bytes(crops[low] * (1 - weight) + crops[high] * weight + 0.5)


def _bytes(values: NDArray[Any]) -> Crops:
    return np.asarray(values, dtype=np.uint8)
