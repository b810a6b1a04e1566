"""Loads the batches of an epoch, in this process or in worker processes."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import cv2
import torch
from torch.utils.data import DataLoader, Dataset

from klipnet_live.lips.alphabet import Alphabet
from klipnet_training.data.clips import Clip
from klipnet_training.data.plans import BatchPlan, EpochDraw
from klipnet_training.data.samples import Batch, collate, render
from klipnet_training.model.cascade import FLUSH_FRAMES


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of each batch that one of `count` distributed processes gets."""

    index: int = 0
    count: int = 1


def load_epoch(
    clips: Sequence[Clip], alphabet: Alphabet, draw: EpochDraw, shard: Shard, skip: int, workers: int
) -> Iterator[Batch]:
    """Batches of an epoch from batch number `skip` on.

    Views are concatenated: all samples of view 1, then view 2.
    """
    loader: DataLoader[Batch] = DataLoader(
        _Rendered(clips, alphabet, draw, shard),
        batch_size=None,
        sampler=_Plans(clips, draw, skip),
        num_workers=workers,
        collate_fn=_identity,
        worker_init_fn=_prepare_worker,
        # A separate generator: the global one is left to the network, which keeps runs reproducible.
        generator=torch.Generator(),
    )
    yield from loader


class _Plans:
    def __init__(self, clips: Sequence[Clip], draw: EpochDraw, skip: int) -> None:
        self._clips, self._draw, self._skip = clips, draw, skip

    def __iter__(self) -> Iterator[BatchPlan]:
        return islice(self._draw.batches(self._clips), self._skip, None)

    def __len__(self) -> int:
        return self._draw.steps - self._skip


class _Rendered(Dataset[Batch]):
    """Renders planned batches."""

    def __init__(self, clips: Sequence[Clip], alphabet: Alphabet, draw: EpochDraw, shard: Shard) -> None:
        self._clips, self._alphabet, self._draw, self._shard = clips, alphabet, draw, shard

    def __getitem__(self, plans: Any) -> Batch:
        mine: BatchPlan = plans[self._shard.index :: self._shard.count]
        draw = self._draw
        views = [render(plan, self._clips, self._alphabet, draw.augmentation, draw.views) for plan in mine]
        samples = [sample for view in zip(*views, strict=True) for sample in view]
        # All processes pad to the same length, because padding affects batch normalisation statistics.
        return collate(samples, max(plan.length for plan in plans) + FLUSH_FRAMES)


def _identity(batch: Any) -> Any:
    return batch


def _prepare_worker(_: int) -> None:
    cv2.setNumThreads(1)
    # Ctrl-C is also sent to workers, but only the training process may end the epoch.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
