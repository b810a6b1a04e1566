"""Plans the random excerpts of an epoch before any pixels are read.

Every draw depends only on the run's seed, the epoch and the position in the epoch. A resumed run can
therefore skip finished batches cheaply, and any number of processes and workers see the same epoch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from klipnet_training.data.augment import Augmentation, Random, planned_length
from klipnet_training.data.clips import Clip
from klipnet_training.data.excerpts import Excerpt, Sampling, draw_excerpt
from klipnet_training.data.spoken import Indices, spliced, spoken_in

POOLED_BATCHES = 8
"""Number of batches that are drawn together and sorted by length (bucketing)."""


@dataclass(frozen=True, slots=True)
class ExcerptPlan:
    """One sample to render: an excerpt of clip number `clip`, `length` frames after the change of speed.

    `other`: the clip that some words are spliced from. `random` continues with the pixel augmentation.
    """

    clip: int
    other: int | None
    excerpt: Excerpt
    length: int
    random: Random


BatchPlan = tuple[ExcerptPlan, ...]


@dataclass(frozen=True, slots=True)
class EpochDraw:
    """How one epoch is drawn.

    `shares`: expected number of draws of each clip; `views`: augmented copies of each.
    """

    shares: tuple[float, ...]
    batch: int
    seed: int
    epoch: int
    sampling: Sampling
    augmentation: Augmentation
    views: int = 1

    @property
    def steps(self) -> int:
        return max(1, round(sum(self.shares) / self.batch))

    def batches(self, clips: Sequence[Clip]) -> Iterator[BatchPlan]:
        """Batches in random order; each has clips of similar length, to keep padding small."""
        random = np.random.default_rng((self.seed, self.epoch))
        order = _spread(np.array(self.shares), self.steps * self.batch, random)
        candidates = _SpliceCandidates(clips)
        plans = (self._plan(int(clip), place, clips, candidates) for place, clip in enumerate(order))
        while pool := list(islice(plans, self.batch * POOLED_BATCHES)):
            pool.sort(key=lambda plan: plan.length)
            batches = [tuple(pool[i : i + self.batch]) for i in range(0, len(pool), self.batch)]
            yield from (batches[i] for i in random.permutation(len(batches)))

    def _plan(
        self, clip: int, place: int, clips: Sequence[Clip], candidates: _SpliceCandidates
    ) -> ExcerptPlan:
        random = np.random.default_rng((self.seed, self.epoch, place))
        other = candidates.draw(clip, random) if random.random() < self.sampling.splice else None
        spoken = spoken_in(clips[clip]) if other is None else spliced(clips[clip], clips[other], random)
        excerpt = draw_excerpt(spoken, self.sampling, random)
        length = planned_length(len(excerpt.frames), self.augmentation, random)
        return ExcerptPlan(clip, other, excerpt, length, random)


class _SpliceCandidates:
    """Finds clips to splice with: same speaker and session, same number of words."""

    def __init__(self, clips: Sequence[Clip]) -> None:
        self._clips = clips
        self._by_key: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
        for i, clip in enumerate(clips):
            self._by_key[self._key(clip)].append(i)

    def draw(self, clip: int, random: Random) -> int | None:
        """A random candidate (possibly the clip itself), or None for a clip without an alignment."""
        if not self._clips[clip].words:
            return None
        matching = self._by_key[self._key(self._clips[clip])]
        return matching[int(random.integers(len(matching)))]

    @staticmethod
    def _key(clip: Clip) -> tuple[str, str, int]:
        return clip.speaker, clip.session, len(clip.words)


def _spread(shares: NDArray[np.float64], count: int, random: Random) -> Indices:
    """`count` indices in random order, each drawn as often as its share says."""
    whole_times = np.repeat(np.arange(len(shares)), np.floor(shares).astype(int))
    rest = np.flatnonzero(random.random(len(shares)) < shares % 1)
    order = random.permutation(np.concatenate([whole_times, rest]))
    return np.resize(order, count)
