"""Where a phrase begins and ends in a row of mouth crops: where the lips begin and stop to move."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from klipnet_live.lips.motion import change
from klipnet_live.types import FPS, FloatArray, GreyImage

MOVING = 0.035
"""Mean change from crop to crop, in their deviation, from which lips move; as for opening a line."""

MARGIN_FRAMES = 2
"""Kept before and after: a phrase begins and ends softly."""

PAUSE_FRAMES = round(0.6 * FPS)
"""Lips that rest for longer have ended a phrase."""

SHORTEST_FRAMES = 6
"""Lips that move for less than this have said nothing; a short word such as "web" takes eight."""

_SMOOTHED_OVER = 3


def motion(crops: Sequence[GreyImage]) -> FloatArray:
    """How much the mouth changes at each crop, (crops,), smoothed over three."""
    if len(crops) < 2:
        return np.zeros(len(crops), np.float32)
    changes = [change(before, after) for before, after in pairwise(crops)]
    padded = np.pad([changes[0], *changes], _SMOOTHED_OVER // 2, mode="edge")
    window = np.ones(_SMOOTHED_OVER) / _SMOOTHED_OVER
    return np.convolve(padded, window, mode="valid").astype(np.float32)


def spoken_spans(crops: Sequence[GreyImage]) -> list[slice]:
    """Every stretch of moving lips, in order, with its margins; pauses shorter than 0.6 s belong to it."""
    moving = np.flatnonzero(motion(crops) > MOVING)
    if not len(moving):
        return []
    breaks = np.flatnonzero(np.diff(moving) > PAUSE_FRAMES)
    firsts = moving[np.concatenate([[0], breaks + 1])]
    lasts = moving[np.concatenate([breaks, [len(moving) - 1]])]
    return [
        slice(max(0, int(first) - MARGIN_FRAMES), min(len(crops), int(last) + 1 + MARGIN_FRAMES))
        for first, last in zip(firsts, lasts, strict=True)
        if last - first + 1 >= SHORTEST_FRAMES
    ]


def spoken_span(crops: Sequence[GreyImage]) -> slice | None:
    """The longest stretch of moving lips; None where they hardly move."""
    return max(spoken_spans(crops), key=lambda span: span.stop - span.start, default=None)
