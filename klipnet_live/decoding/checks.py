"""Input check that all decoders share."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from klipnet_live.types import FloatArray

LOG_FLOOR: Final = math.log(1e-12)
"""No symbol is impossible: a grammar may allow only symbols that the model rules out."""


def checked_log_probs(log_probs: FloatArray, size: int) -> FloatArray:
    """`log_probs` clipped at `LOG_FLOOR`. ValueError unless the shape is (time, size)."""
    if log_probs.ndim != 2 or log_probs.shape[1] != size:
        raise ValueError(f"expected log-probabilities of shape (time, {size}), got {log_probs.shape}")
    return np.maximum(log_probs, LOG_FLOOR)
