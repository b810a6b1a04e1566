"""Curriculum: sentence length, mirroring and frame jitter that change over the epochs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from klipnet_training.data.augment import Augmentation
from klipnet_training.data.excerpts import Sampling
from klipnet_training.ranges import Count, Part


@dataclass(frozen=True, slots=True)
class Stage:
    """Applies from `epoch` (0 is the first) to the next stage; None keeps the configured value.

    `words`: number of words in each excerpt, 0 for whole sentences.
    """

    epoch: Count = 0
    words: Count = 0
    flip: Part | None = None
    jitter: Part | None = None


def at_epoch(
    epoch: int, stages: Sequence[Stage], sampling: Sampling, augmentation: Augmentation
) -> tuple[Sampling, Augmentation]:
    """Sampling and augmentation of one epoch.

    The probability of word runs decays by `sampling.words_decay` per epoch, as in LipNet (arXiv:1611.01599).
    """
    sampling = replace(sampling, words=sampling.words * sampling.words_decay**epoch)
    reached = [stage for stage in stages if stage.epoch <= epoch]
    if not reached:
        return sampling, augmentation
    stage = max(reached, key=lambda stage: stage.epoch)
    flip = augmentation.flip if stage.flip is None else stage.flip
    jitter = augmentation.jitter if stage.jitter is None else stage.jitter
    return replace(sampling, run_of_words=stage.words), replace(augmentation, flip=flip, jitter=jitter)
