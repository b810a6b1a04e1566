"""Data-parallel training with several processes, on one host or many, started by torchrun.

Every process gets a part of each batch. Gradients, loss and batch normalisation statistics are those of the
whole batch, so that N processes train the same network as one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch import distributed as dist
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.parallel import DistributedDataParallel

from klipnet_live.types import UserError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Process:
    """This process among `count`; number 0 writes files and shows progress."""

    index: int = 0
    count: int = 1
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))


@contextmanager
def process_group() -> Iterator[Process]:
    """Join the process group that torchrun started; without torchrun, run alone."""
    count = int(os.environ.get("WORLD_SIZE", "1"))
    device = _device(int(os.environ.get("LOCAL_RANK", "0")))
    if count == 1:
        yield Process(device=device)
        return
    dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield Process(dist.get_rank(), count, device)
    finally:
        dist.destroy_process_group()


def distributed(network: nn.Module, process: Process) -> nn.Module:
    """The network wrapped for distributed training; the weights are shared with `network`."""
    if process.count == 1:
        return network
    # Buffers are equal in all processes already, as `_SynchronisedBatchNorm` uses the whole batch.
    return DistributedDataParallel(network, broadcast_buffers=False)


def with_synchronised_batch_norm(network: nn.Module) -> nn.Module:
    """Replace batch normalisation by one over the batch of all processes; weights keep their names.

    torch's SyncBatchNorm does the same, but only on GPUs.
    """
    for name, child in network.named_children():
        if isinstance(child, _BatchNorm):
            replacement = _SynchronisedBatchNorm(child.num_features, child.eps, child.momentum)
            replacement.load_state_dict(child.state_dict())
            setattr(network, name, replacement)
        else:
            with_synchronised_batch_norm(child)
    return network


def total(values: Tensor) -> Tensor:
    """Sum over all processes, without a gradient."""
    if dist.is_initialized():
        values = values.detach().clone()
        dist.all_reduce(values)
    return values


def gathered(mine: Sequence[T]) -> list[T]:
    """Gather the items of all processes; process i of N has items i, i + N, i + 2N, …"""
    if not dist.is_initialized():
        return list(mine)
    parts: list[Any] = [None] * dist.get_world_size()
    dist.all_gather_object(parts, list(mine))
    everything: list[Any] = [None] * sum(map(len, parts))
    for i, part in enumerate(parts):
        everything[i :: len(parts)] = part
    return everything


class _SynchronisedBatchNorm(_BatchNorm):
    """Batch normalisation (Ioffe, Szegedy 2015, arXiv:1502.03167) over all processes."""

    def forward(self, values: Tensor) -> Tensor:
        if not self.training:
            return super().forward(values)
        dims = [0, *range(2, values.dim())]
        count = values.new_tensor([values.numel() / values.shape[1]])
        sums = torch.cat([values.sum(dims), values.square().sum(dims), count])
        everywhere: Tensor = _Sum.apply(sums)  # type: ignore[no-untyped-call]
        number = float(everywhere[-1].detach())
        mean, square = (everywhere[:-1] / number).chunk(2)
        variance = square - mean.square()
        self._update_statistics(mean.detach(), variance.detach(), number)
        scale = self.weight * (variance + self.eps).rsqrt()
        shape = (1, -1, *[1] * (values.dim() - 2))
        return values * scale.view(shape) + (self.bias - mean * scale).view(shape)

    def _update_statistics(self, mean: Tensor, variance: Tensor, count: float) -> None:
        if self.running_mean is None or self.running_var is None or self.num_batches_tracked is None:
            return
        self.num_batches_tracked += 1
        momentum = self.momentum or 0.0
        self.running_mean.lerp_(mean, momentum)
        self.running_var.lerp_(variance * count / (count - 1), momentum)

    def _check_input_dim(self, input: Tensor) -> None:
        """Accept any number of dimensions; the second is the channels."""


class _Sum(torch.autograd.Function):
    """Sum over all processes, with gradients."""

    @staticmethod
    def forward(ctx: Any, values: Tensor) -> Tensor:
        return total(values)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        return total(gradients[0])


def _device(local: int) -> torch.device:
    if not torch.cuda.is_available():
        return torch.device("cpu")
    if local >= torch.cuda.device_count():
        raise UserError(
            "This host has {count} GPUs: start at most as many processes.",
            count=torch.cuda.device_count(),
        )
    torch.cuda.set_device(local)
    return torch.device("cuda", local)
