"""Finds phrases in a sequence of mouth crops by lip motion."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from klipnet_live.lips.motion import change
from klipnet_live.types import FPS, FloatArray, GreyImage

MOVING = 0.035
"""Minimum mean change between crops, in standard deviations, that counts as motion; as for opening a line."""

MARGIN_FRAMES = 2
"""Extra frames before and after, because phrases begin and end softly."""

PAUSE_FRAMES = round(0.6 * FPS)
"""A longer rest of the lips ends a phrase."""

MIN_FRAMES = 6
"""Shorter motion is not speech; a short word such as "web" takes eight frames."""

_SMOOTHED_OVER = 3


def motion(crops: Sequence[GreyImage]) -> FloatArray:
    """Mouth motion at each crop, shape (crops,), smoothed over three."""
    if len(crops) < 2:
        return np.zeros(len(crops), np.float32)
    changes = [change(before, after) for before, after in pairwise(crops)]
    padded = np.pad([changes[0], *changes], _SMOOTHED_OVER // 2, mode="edge")
    window = np.ones(_SMOOTHED_OVER) / _SMOOTHED_OVER
    return np.convolve(padded, window, mode="valid").astype(np.float32)


def spoken_spans(crops: Sequence[GreyImage]) -> list[slice]:
    """All spans of moving lips in order, with margins; pauses shorter than 0.6 s belong to a span."""
    moving = np.flatnonzero(motion(crops) > MOVING)
    if not len(moving):
        return []
    breaks = np.flatnonzero(np.diff(moving) > PAUSE_FRAMES)
    firsts = moving[np.concatenate([[0], breaks + 1])]
    lasts = moving[np.concatenate([breaks, [len(moving) - 1]])]
    return [
        slice(max(0, int(first) - MARGIN_FRAMES), min(len(crops), int(last) + 1 + MARGIN_FRAMES))
        for first, last in zip(firsts, lasts, strict=True)
        if last - first + 1 >= MIN_FRAMES
    ]


def spoken_span(crops: Sequence[GreyImage]) -> slice | None:
    """The longest span of moving lips; None if there is none."""
    return max(spoken_spans(crops), key=lambda span: span.stop - span.start, default=None)
