"""A moving average of the weights with a warm-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

WARM_UP_STEPS = 10

Average = Callable[[Sequence[Tensor], Sequence[Tensor], Tensor | int], None]


def warming_average(decay: float) -> Average:
    """Exponential moving average whose decay grows from 0 to `decay`.

    `torch.optim.swa_utils` calls it with the averaged values, the current ones and the number of previous
    updates. Integers, such as batch counts, are copied.
    """

    @torch.no_grad()
    def update(averaged: Sequence[Tensor], current: Sequence[Tensor], count: Tensor | int) -> None:
        kept = min(decay, int(count) / (int(count) + WARM_UP_STEPS))
        for mean, value in zip(averaged, current, strict=True):
            if mean.is_floating_point():
                mean.lerp_(value, 1.0 - kept)
            else:
                mean.copy_(value)

    return update
