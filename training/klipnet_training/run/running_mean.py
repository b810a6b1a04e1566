"""A running mean of the weights that is useful from the first steps on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

WARM_UP_STEPS = 10

Average = Callable[[Sequence[Tensor], Sequence[Tensor], Tensor | int], None]


def warming_average(decay: float) -> Average:
    """Exponential mean whose memory grows from one step to that of `decay`.

    `torch.optim.swa_utils` calls it with the averaged values, the present ones and the number of
    values averaged before; whole numbers, such as a count of batches, are copied.
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
