"""Batches of one epoch, made by this process or by workers beside it."""

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
    """The part of each batch that one of `count` processes sees."""

    index: int = 0
    count: int = 1


def load_epoch(
    clips: Sequence[Clip], alphabet: Alphabet, draw: EpochDraw, shard: Shard, skip: int, workers: int
) -> Iterator[Batch]:
    """The batches of an epoch from number `skip` on; of `draw.views` views, each holds all of a batch."""
    loader: DataLoader[Batch] = DataLoader(
        _Rendered(clips, alphabet, draw, shard),
        batch_size=None,
        sampler=_Plans(clips, draw, skip),
        num_workers=workers,
        collate_fn=_as_it_is,
        worker_init_fn=_prepare_worker,
        # Its own generator, so that torch's is left to the network.
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
    """Batches by their plans."""

    def __init__(self, clips: Sequence[Clip], alphabet: Alphabet, draw: EpochDraw, shard: Shard) -> None:
        self._clips, self._alphabet, self._draw, self._shard = clips, alphabet, draw, shard

    def __getitem__(self, plans: Any) -> Batch:
        mine: BatchPlan = plans[self._shard.index :: self._shard.count]
        draw = self._draw
        views = [render(plan, self._clips, self._alphabet, draw.augmentation, draw.views) for plan in mine]
        samples = [sample for view in zip(*views, strict=True) for sample in view]
        # All processes pad alike: padding counts in the statistics of batch normalisation.
        return collate(samples, max(plan.length for plan in plans) + FLUSH_FRAMES)


def _as_it_is(batch: Any) -> Any:
    return batch


def _prepare_worker(_: int) -> None:
    cv2.setNumThreads(1)
    # Ctrl-C reaches workers as well; it is the training process that ends the epoch.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
