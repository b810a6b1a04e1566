"""A sequence of frames and its words, from one recording or spliced from two."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klipnet_live.dataset_format import AlignedWord
from klipnet_training.data.augment import Random
from klipnet_training.data.clips import Clip, Crops

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Frame indices (frames,), the text, and the words with their positions in this sequence if aligned.

    The frames of a second recording are numbered after those of the first.
    """

    frames: Indices
    text: str
    words: tuple[AlignedWord, ...]


def spoken_in(clip: Clip) -> Spoken:
    """A recording without changes."""
    return Spoken(np.arange(len(clip.crops)), clip.text, clip.words)


def spliced(clip: Clip, other: Clip, random: Random) -> Spoken:
    """Replace a random run of words by the same run of another recording with as many words.

    A network trained for long on a few hundred sentences learns to guess words from their neighbours;
    in new contexts it has to look at the word itself.
    """
    first, last = np.sort(random.integers(0, len(clip.words), 2))
    start, end = _frames(clip.words[first : last + 1])
    from_, to = _frames(other.words[first : last + 1])
    own, theirs = np.arange(len(clip.crops)), len(clip.crops) + np.arange(len(other.crops))
    frames = np.concatenate([own[:start], theirs[from_:to], own[end:]])
    words = (
        *clip.words[:first],
        *(_delayed(word, start - from_) for word in other.words[first : last + 1]),
        *(_delayed(word, to - from_ - (end - start)) for word in clip.words[last + 1 :]),
    )
    return Spoken(frames, " ".join(word.text for word in words), words)


def crops_of(frames: Indices, clip: Clip, other: Clip | None) -> Crops:
    """The crops (frames, height, width) of frame indices as in `Spoken`."""
    if other is None:
        return clip.crops[frames]
    count = len(clip.crops)
    second = frames >= count
    crops = clip.crops[np.where(second, 0, frames)]
    crops[second] = other.crops[frames[second] - count]
    return crops


def _frames(words: tuple[AlignedWord, ...]) -> tuple[int, int]:
    return round(words[0].start_frame), round(words[-1].end_frame)


def _delayed(word: AlignedWord, frames: int) -> AlignedWord:
    return replace(word, start_frame=word.start_frame + frames, end_frame=word.end_frame + frames)
