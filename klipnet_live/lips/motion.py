"""How much a mouth changes from one crop to the next."""

from __future__ import annotations

import numpy as np

from klipnet_live.types import GreyImage

# Keeps a flat picture, whose deviation is nearly zero, from looking restless.
_NOISE_LEVEL = 4.0


def change(before: GreyImage, after: GreyImage) -> float:
    """Mean absolute difference of two crops in standard deviations; a change of brightness is none."""
    first, second = before.astype(np.float32), after.astype(np.float32)
    difference = (second - second.mean()) - (first - first.mean())
    return float(np.abs(difference).mean() / (second.std() + _NOISE_LEVEL))
