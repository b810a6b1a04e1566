"""Random excerpts of recordings for training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klipnet_live.dataset_format import AlignedWord
from klipnet_live.types import FloatArray
from klipnet_training.data.augment import Random
from klipnet_training.data.spoken import Indices, Spoken
from klipnet_training.ranges import Count, Part, Range

UNKNOWN_LABEL = -1.0
"""Speech label of a frame for which it is unknown whether the person speaks."""

_WORD_MARGIN_FRAMES = (0, 3)
_SILENCE_FRAMES = (12, 50)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How excerpts are drawn.

    Margins imitate the app, where a line opens a few frames before the lips move.
    """

    words: Part = 0.3
    """Probability of a run of words instead of the whole sentence, if there is an alignment."""
    words_decay: Part = 1.0
    """Factor on `words` after each epoch; 0.925 in LipNet."""
    run_of_words: Count = 0
    """If above 0, every excerpt has this number of words; 0: runs of any length, with probability
    `words`."""
    silence: Part = 0.06
    """Probability of an excerpt of silence."""
    whole: Part = 0.15
    """Probability of the whole recording, silence included."""
    splice: Part = 0.0
    """Probability of replacing some words by those of another recording of the same session."""
    margin_frames: Range = (2, 24)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a clip: indices of its frames (may repeat), the text, and speech labels (frames,)."""

    frames: Indices
    text: str
    speaking: FloatArray


def draw_excerpt(spoken: Spoken, sampling: Sampling, random: Random) -> Excerpt:
    """Draw a sentence, a run of words, the whole recording or a silence."""
    if sampling.run_of_words and spoken.words:
        return _cut(spoken, _run_of_words(spoken, sampling.run_of_words, random), _WORD_MARGIN_FRAMES, random)
    dice = random.random()
    if dice < sampling.silence:
        return _silence(spoken, random)
    if not spoken.words or dice < sampling.silence + sampling.whole:
        return whole_excerpt(spoken)
    if dice < sampling.silence + sampling.whole + sampling.words:
        return _cut(spoken, _any_run_of_words(spoken, random), _WORD_MARGIN_FRAMES, random)
    return _cut(spoken, spoken.words, sampling.margin_frames, random)


def whole_excerpt(spoken: Spoken) -> Excerpt:
    """The whole recording."""
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
    """One frozen frame, or the real frames before or after the words."""
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
    labels = np.full(
        len(spoken.frames), 0.0 if spoken.words or not spoken.text else UNKNOWN_LABEL, np.float32
    )
    if spoken.words:
        labels[int(spoken.words[0].start_frame) : int(np.ceil(spoken.words[-1].end_frame))] = 1.0
    return labels
