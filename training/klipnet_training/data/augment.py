"""Data augmentation of mouth clips. All functions take and return (frames, height, width) uint8."""

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
    """Strength of each augmentation, as probabilities and half-ranges; 0 turns one off."""

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
    """Probability of warping the lips and changing the skin texture, to resemble another person."""


def augment(crops: Crops, settings: Augmentation, random: Random) -> Crops:
    """Geometric, lighting, blur, occlusion and freeze augmentation; see `warp_time` for changes of speed."""
    crops = move(crops, settings, random)
    if random.random() < settings.blur:
        crops = lower_resolution(crops, random)
    if random.random() < settings.disguise:
        crops = retexture(reshape(crops, random), random)
    crops = relight(crops, settings, random)
    if random.random() < settings.patch:
        crops = cover_patch(crops, random)
    if random.random() < settings.time_mask and settings.time_mask_frames:
        crops = mask_time(crops, settings.time_mask_frames, random)
    return crops


def planned_length(frames: int, settings: Augmentation, random: Random) -> int:
    """Number of frames after a random change of speed."""
    return max(2, round(frames * float(np.exp(random.uniform(-settings.speed, settings.speed)))))


def warp_time(crops: Crops, length: int, settings: Augmentation, random: Random) -> Crops:
    """Resample to `length` frames, randomly dropping and repeating single frames."""
    places = np.linspace(0, len(crops) - 1, length)
    places += (random.random(length) < settings.jitter) * random.choice((-1.0, 1.0), length)
    places = np.clip(places, 0, len(crops) - 1)
    return _resample(crops, places, smooth=random.random() < 0.5)


def move(crops: Crops, settings: Augmentation, random: Random) -> Crops:
    """Shift, scale, roll and mirror the whole clip, with a slow drift like that of a moving head."""
    height, width = crops.shape[1:]
    mirror = -1.0 if random.random() < settings.flip else 1.0
    roll = np.deg2rad(random.uniform(-settings.roll_degrees, settings.roll_degrees))
    scale = float(np.exp(random.uniform(-settings.scale, settings.scale)))
    stretch = float(np.exp(random.uniform(-settings.scale, settings.scale) / 2))
    start = random.uniform(-1, 1, 2) * (settings.shift_x_px, settings.shift_y_px)
    end = start + random.normal(0, 0.25, 2) * (settings.shift_x_px, settings.shift_y_px)
    turn = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    linear = turn @ np.diag([mirror * stretch, 1.0 / stretch]) * scale
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    moved = np.empty_like(crops)
    for i, part in enumerate(np.linspace(0, 1, len(crops))):
        offset = middle - linear @ middle + start + part * (end - start)
        matrix = np.column_stack([linear, offset])
        moved[i] = cv2.warpAffine(crops[i], matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return moved


def relight(crops: Crops, settings: Augmentation, random: Random) -> Crops:
    """Change gamma, add a lighting gradient and sensor noise."""
    height, width = crops.shape[1:]
    gamma = float(np.exp(random.uniform(-settings.gamma, settings.gamma)))
    curve = (255 * (np.arange(256) / 255) ** gamma).astype(np.float32)
    slope_x, slope_y = random.uniform(-settings.light, settings.light, 2)
    light = 1 + slope_x * np.linspace(-1, 1, width)[None] + slope_y * np.linspace(-1, 1, height)[:, None]
    lit = curve[crops] * light.astype(np.float32)
    deviation = random.uniform(0, settings.noise)
    if deviation > 0.5:
        lit += random.standard_normal(lit.shape, dtype=np.float32) * deviation
    return _bytes(np.clip(lit, 0, 255))


def lower_resolution(crops: Crops, random: Random) -> Crops:
    """Scale down to 30..70 % of the size and back up, as from a small face (mouths of 17 px and up)."""
    height, width = crops.shape[1:]
    part = random.uniform(0.3, 0.7)
    small = (max(8, round(width * part)), max(4, round(height * part)))
    return np.stack(
        [cv2.resize(cv2.resize(crop, small, interpolation=cv2.INTER_AREA), (width, height)) for crop in crops]
    )


def reshape(crops: Crops, random: Random) -> Crops:
    """Change the shape of the lips: one smooth warp of a few pixels for the whole clip."""
    height, width = crops.shape[1:]
    coarse = random.normal(0, _WARP_PX, (2, 3, 5)).astype(np.float32)
    shift_x, shift_y = (cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC) for part in coarse)
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    places = columns + shift_x, rows + shift_y / 2
    return np.stack(
        [cv2.remap(crop, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) for crop in crops]
    )


def retexture(crops: Crops, random: Random) -> Crops:
    """Change the skin texture: blend the clip with its convolution by a small random kernel.

    Xu et al. 2021, "Robust and Generalizable Visual Representation Learning via Random Convolutions",
    arXiv:2007.13003, the mixing variant.
    """
    side = int(random.choice((3, 5, 7)))
    kernel = random.normal(0, 1, (side, side)).astype(np.float32)
    kernel -= kernel.mean() * np.float32(random.random())
    part = np.float32(random.random())
    plain = crops - crops.mean(dtype=np.float32)
    filtered = np.stack([cv2.filter2D(crop, -1, kernel) for crop in plain])
    # Choose the sign that keeps dark lips darker than the surrounding skin.
    scale = plain.std() / (filtered.std() + 1e-3) * (1 if (filtered * plain).mean() > 0 else -1)
    mixed = part * plain + (1 - part) * scale * (filtered - filtered.mean())
    return _bytes(np.clip(mixed * (plain.std() / (mixed.std() + 1e-3)) + crops.mean(), 0, 255))


def cover_patch(crops: Crops, random: Random) -> Crops:
    """Cover part of the mouth with a grey patch for the whole clip, as a hand or microphone would."""
    height, width = crops.shape[1:]
    tall, wide = random.integers(6, height // 3), random.integers(10, width // 3)
    top, left = random.integers(0, height - tall), random.integers(0, width - wide)
    covered = crops.copy()
    covered[:, top : top + tall, left : left + wide] = int(crops.mean())
    return covered


def mask_time(crops: Crops, longest: int, random: Random) -> Crops:
    """Freeze the picture for up to `longest` frames, as in video calls."""
    length = int(random.integers(1, longest + 1))
    if len(crops) <= length + 2:
        return crops
    start = int(random.integers(1, len(crops) - length))
    frozen = crops.copy()
    frozen[start : start + length] = crops[start - 1]
    return frozen


def _resample(crops: Crops, places: NDArray[np.float64], smooth: bool) -> Crops:
    if not smooth:
        return _bytes(crops[np.round(places).astype(int)])
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, len(crops) - 1)
    weight = (places - low).astype(np.float32)[:, None, None]
    return _bytes(crops[low] * (1 - weight) + crops[high] * weight + 0.5)


def _bytes(values: NDArray[Any]) -> Crops:
    return np.asarray(values, dtype=np.uint8)
