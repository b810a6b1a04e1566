"""Which part of a recording a training step shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klipnet_live.types import FloatArray
from klipnet_training.data.augment import Random
from klipnet_training.data.clips import AlignedWord
from klipnet_training.data.spoken import Indices, Spoken
from klipnet_training.ranges import Count, Part, Range

NOT_KNOWN = -1.0
"""Speaking label of a frame of which nobody knows whether the lips speak."""

_WORD_MARGIN_FRAMES = (0, 3)
_SILENCE_FRAMES = (12, 50)


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
    splice: Part = 0.0
    """Probability that some words are taken from another recording of the same session."""
    margin_frames: Range = (2, 24)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a clip: `frames` of its crops (some may repeat), what is said there, speaking labels."""

    frames: Indices
    text: str
    speaking: FloatArray


def draw_excerpt(spoken: Spoken, how: Sampling, random: Random) -> Excerpt:
    """A random part: a sentence, a run of words, the whole recording or a silence."""
    if how.run_of_words and spoken.words:
        return _cut(spoken, _run_of_words(spoken, how.run_of_words, random), _WORD_MARGIN_FRAMES, random)
    dice = random.random()
    if dice < how.silence:
        return _silence(spoken, random)
    if not spoken.words or dice < how.silence + how.whole:
        return whole_excerpt(spoken)
    if dice < how.silence + how.whole + how.words:
        return _cut(spoken, _any_run_of_words(spoken, random), _WORD_MARGIN_FRAMES, random)
    return _cut(spoken, spoken.words, how.margin_frames, random)


def whole_excerpt(spoken: Spoken) -> Excerpt:
    """Everything."""
    return Excerpt(spoken.frames, spoken.text, _speaking(spoken))


def _run_of_words(spoken: Spoken, length: int, random: Random) -> tuple[AlignedWord, ...]:
    first = int(random.integers(0, max(1, len(spoken.words) - length + 1)))
    return spoken.words[first : first + length]


def _any_run_of_words(spoken: Spoken, random: Random) -> tuple[AlignedWord, ...]:
    first, last = np.sort(random.integers(0, len(spoken.words), 2))
    return spoken.words[first : last + 1]


def _cut(spoken: Spoken, words: tuple[AlignedWord, ...], margin: tuple[int, int], random: Random) -> Excerpt:
    before, after = random.integers(margin[0], margin[1] + 1, 2)
    start = max(0, int(words[0].start_frame) - before)
    end = min(len(spoken.frames), int(np.ceil(words[-1].end_frame)) + after)
    text = " ".join(word.text for word in words)
    return Excerpt(spoken.frames[start:end], text, _speaking(spoken)[start:end])


def _silence(spoken: Spoken, random: Random) -> Excerpt:
    """A frozen frame, or the stretch before or after the words, breathing with the camera's noise."""
    length = int(random.integers(*_SILENCE_FRAMES))
    if spoken.words and random.random() < 0.6:
        before = np.arange(max(1, int(spoken.words[0].start_frame) - 2))
        last = len(spoken.frames) - 1
        after = np.arange(min(last, int(spoken.words[-1].end_frame) + 4), last + 1)
        frames = (before if random.random() < 0.5 else after)[:length]
    else:
        frames = np.full(length, random.integers(len(spoken.frames)), np.intp)
    return Excerpt(spoken.frames[frames], "", np.zeros(len(frames), np.float32))


def _speaking(spoken: Spoken) -> FloatArray:
    labels = np.full(len(spoken.frames), 0.0 if spoken.words or not spoken.text else NOT_KNOWN, np.float32)
    if spoken.words:
        labels[int(spoken.words[0].start_frame) : int(np.ceil(spoken.words[-1].end_frame))] = 1.0
    return labels
