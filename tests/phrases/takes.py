"""Takes of made-up phrases: smooth paths through feature space at varying speed, with noise."""

from __future__ import annotations

import numpy as np

from klipnet_live.phrases.matcher import Example
from klipnet_live.types import FloatArray, GreyImage

BLOCKS, WIDTH = 2, 24
_LOOK = np.random.default_rng(7).normal(scale=3, size=BLOCKS * WIDTH)
"""What all frames of a mouth have in common."""


class Person:
    """Shows phrases by number; the same number is the same phrase."""

    def __init__(self, seed: int = 0, noise: float = 0.4) -> None:
        self._random, self._noise = np.random.default_rng(seed), noise

    def shows(self, phrase: int, frames: int | None = None) -> FloatArray:
        """Features (time, blocks * width) of one take."""
        corners = np.random.default_rng(1000 + phrase).normal(size=(6, BLOCKS * WIDTH))
        count = frames or int(self._random.integers(18, 28))
        speed = self._random.uniform(0.6, 1.4, count).cumsum()
        places = (speed - speed[0]) / (speed[-1] - speed[0]) * (len(corners) - 1)
        low = np.minimum(places.astype(int), len(corners) - 2)
        part = (places - low)[:, None]
        path = _LOOK + corners[low] * (1 - part) + corners[low + 1] * part
        return (path + self._noise * self._random.normal(size=path.shape)).astype(np.float32)

    def profile(self, phrases: int, takes: int = 3) -> list[Example]:
        return [Example(f"phrase {n}", self.shows(n)) for n in range(phrases) for _ in range(takes)]


def crops(frames: int, seed: int = 0) -> list[GreyImage]:
    """Mouth crops (50, 100): smooth images that change from frame to frame."""
    across, down = np.meshgrid(np.linspace(0, 3, 100), np.linspace(0, 2, 50))
    return [
        (127 + 100 * np.sin(across + down + seed + number / 5)).astype(np.uint8) for number in range(frames)
    ]
