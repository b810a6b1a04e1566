"""Resampling of mouth crops to 25 frames per second by their timestamps."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from klipnet_live.types import FPS, GreyImage

MAX_GAP_S = 0.2
"""A longer gap between two crops ends the stream: what happened in between was not seen."""

_STEP_S = 1.0 / FPS
_SAME_TIME_S = 1e-4


class CropResampler:
    """Linear interpolation of crops onto a 25 fps grid that starts at the first crop.

    Feed (time_s, crop); it yields (time_s, crop) on the grid. Times that repeat or go backwards are
    ignored. Before feeding, the caller checks `is_gap` and, if so, calls `reset`.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._origin_s = 0.0
        self._emitted = 0
        self._last: tuple[float, GreyImage] | None = None

    def is_gap(self, time_s: float) -> bool:
        """Whether a crop at this time would follow more than `MAX_GAP_S` after the last one."""
        return self._last is not None and time_s - self._last[0] > MAX_GAP_S

    def feed(self, time_s: float, crop: GreyImage) -> Iterator[tuple[float, GreyImage]]:
        if self._last is None:
            self._origin_s, self._emitted, self._last = time_s, 1, (time_s, crop)
            yield time_s, crop
            return
        before_s, before = self._last
        if time_s <= before_s:
            return
        self._last = (time_s, crop)
        while (due_s := self._origin_s + self._emitted * _STEP_S) <= time_s + _SAME_TIME_S:
            self._emitted += 1
            yield due_s, _interpolate(before, crop, (due_s - before_s) / (time_s - before_s))


def _interpolate(before: GreyImage, after: GreyImage, weight: float) -> GreyImage:
    if weight > 0.99:
        return after
    if weight < 0.01:
        return before
    return np.asarray(cv2.addWeighted(before, 1.0 - weight, after, weight, 0.0), dtype=np.uint8)
