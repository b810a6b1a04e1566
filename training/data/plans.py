"""What a training step will show of each clip, drawn at random before any pixel is touched.

Every draw depends on the run's seed, the epoch and the place in the epoch alone. So a resumed run skips
what it has done without doing it again, and any number of processes and workers see the same epoch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FloatArray
from training.data.augment import Augmentation, Random, planned_length
from training.data.clips import Clip, Word
from training.ranges import Count, Part, Range

NOT_KNOWN = -1.0
"""Speaking label of a frame of which nobody knows whether the lips speak."""

POOLED_BATCHES = 8
"""Batches that are drawn together and sorted by length."""

_WORD_MARGIN_FRAMES = (0, 3)
_SILENCE_FRAMES = (12, 50)

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Sampling:
    """Which parts of clips are shown. A line in the app opens a few frames before the lips move."""

    words: Part = 0.3
    """Probability of a run of words instead of the sentence, where an alignment exists."""
    words_decay: Part = 1.0
    """Factor on `words` from epoch to epoch; LipNet's is 0.925."""
    run_of_words: Count = 0
    """Length of every such run, which then replaces all sentences; 0: any length, as often as `words`."""
    silence: Part = 0.06
    """Probability of a stretch in which nobody speaks."""
    whole: Part = 0.15
    """Probability of the whole recording with all its silence."""
    margin_frames: Range = (2, 24)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a clip: `frames` of its crops (some may repeat), what is said there, speaking labels."""

    frames: Indices
    text: str
    speaking: FloatArray


@dataclass(frozen=True, slots=True)
class Plan:
    """One sample to make: an excerpt of clip number `clip`, `length` frames after the change of speed.

    `random` goes on to draw the changes of its pixels.
    """

    clip: int
    excerpt: Excerpt
    length: int
    random: Random


BatchPlan = tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class EpochDraw:
    """How one epoch is drawn from the clips: how often each (`shares`), and in how many `views`."""

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
        """Batches of clips of about the same length, in random order: little of the work is padding."""
        random = np.random.default_rng((self.seed, self.epoch))
        order = _spread(np.array(self.shares), self.steps * self.batch, random)
        plans = (self._plan(int(clip), place, clips) for place, clip in enumerate(order))
        while pool := list(islice(plans, self.batch * POOLED_BATCHES)):
            pool.sort(key=lambda plan: plan.length)
            batches = [tuple(pool[i : i + self.batch]) for i in range(0, len(pool), self.batch)]
            yield from (batches[i] for i in random.permutation(len(batches)))

    def _plan(self, clip: int, place: int, clips: Sequence[Clip]) -> Plan:
        random = np.random.default_rng((self.seed, self.epoch, place))
        excerpt = draw_excerpt(clips[clip], self.sampling, random)
        return Plan(clip, excerpt, planned_length(len(excerpt.frames), self.augmentation, random), random)


def draw_excerpt(clip: Clip, how: Sampling, random: Random) -> Excerpt:
    """A random part of a clip: a sentence, a run of words, the whole recording or a silence."""
    if how.run_of_words and clip.words:
        return _cut(clip, _run_of_words(clip, how.run_of_words, random), _WORD_MARGIN_FRAMES, random)
    dice = random.random()
    if dice < how.silence:
        return _silence(clip, random)
    if not clip.words or dice < how.silence + how.whole:
        return whole_clip(clip)
    if dice < how.silence + how.whole + how.words:
        return _cut(clip, _any_run_of_words(clip, random), _WORD_MARGIN_FRAMES, random)
    return _cut(clip, clip.words, how.margin_frames, random)


def whole_clip(clip: Clip) -> Excerpt:
    """The clip as it is."""
    return Excerpt(np.arange(len(clip.crops)), clip.text, _speaking(clip))


def _run_of_words(clip: Clip, length: int, random: Random) -> tuple[Word, ...]:
    first = int(random.integers(0, max(1, len(clip.words) - length + 1)))
    return clip.words[first : first + length]


def _any_run_of_words(clip: Clip, random: Random) -> tuple[Word, ...]:
    first, last = np.sort(random.integers(0, len(clip.words), 2))
    return clip.words[first : last + 1]


def _cut(clip: Clip, words: tuple[Word, ...], margin: tuple[int, int], random: Random) -> Excerpt:
    before, after = random.integers(margin[0], margin[1] + 1, 2)
    start = max(0, int(words[0].start_frame) - before)
    end = min(len(clip.crops), int(np.ceil(words[-1].end_frame)) + after)
    text = " ".join(word.text for word in words)
    return Excerpt(np.arange(start, end), text, _speaking(clip)[start:end])


def _silence(clip: Clip, random: Random) -> Excerpt:
    """A frozen frame, or the stretch before or after the words, breathing with the camera's noise."""
    length = int(random.integers(*_SILENCE_FRAMES))
    if clip.words and random.random() < 0.6:
        before = np.arange(max(1, int(clip.words[0].start_frame) - 2))
        last = len(clip.crops) - 1
        after = np.arange(min(last, int(clip.words[-1].end_frame) + 4), last + 1)
        frames = (before if random.random() < 0.5 else after)[:length]
    else:
        frames = np.full(length, random.integers(len(clip.crops)), np.intp)
    return Excerpt(frames, "", np.zeros(len(frames), np.float32))


def _speaking(clip: Clip) -> FloatArray:
    labels = np.full(len(clip.crops), 0.0 if clip.words or not clip.text else NOT_KNOWN, np.float32)
    if clip.words:
        labels[int(clip.words[0].start_frame) : int(np.ceil(clip.words[-1].end_frame))] = 1.0
    return labels


def _spread(shares: NDArray[np.float64], count: int, random: Random) -> Indices:
    """Indices in random order, each as often as its share says."""
    whole_times = np.repeat(np.arange(len(shares)), np.floor(shares).astype(int))
    rest = np.flatnonzero(random.random(len(shares)) < shares % 1)
    order = random.permutation(np.concatenate([whole_times, rest]))
    return np.resize(order, count)
