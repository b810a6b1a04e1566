"""What is said in a row of frames, of one recording or of two that are spliced."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klipnet_training.data.augment import Random
from klipnet_training.data.clips import AlignedWord, Clip, Crops

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Frame numbers, (frames,), the text, and its words where an alignment places them in that row.

    The frames of a second recording are numbered after those of the first one.
    """

    frames: Indices
    text: str
    words: tuple[AlignedWord, ...]


def spoken_in(clip: Clip) -> Spoken:
    """A recording as it is."""
    return Spoken(np.arange(len(clip.crops)), clip.text, clip.words)


def spliced(clip: Clip, other: Clip, random: Random) -> Spoken:
    """A recording in which a random run of words is that of another one, of as many words.

    A network that has seen the same few hundred sentences for hours knows a word by its neighbours;
    in new company it has to look at the word itself.
    """
    first, last = np.sort(random.integers(0, len(clip.words), 2))
    start, end = _frames(clip.words[first : last + 1])
    from_, to = _frames(other.words[first : last + 1])
    own, theirs = np.arange(len(clip.crops)), len(clip.crops) + np.arange(len(other.crops))
    frames = np.concatenate([own[:start], theirs[from_:to], own[end:]])
    words = (
        *clip.words[:first],
        *(_later(word, start - from_) for word in other.words[first : last + 1]),
        *(_later(word, to - from_ - (end - start)) for word in clip.words[last + 1 :]),
    )
    return Spoken(frames, " ".join(word.text for word in words), words)


def crops_of(frames: Indices, clip: Clip, other: Clip | None) -> Crops:
    """The pictures, (frames, height, width), of numbered frames."""
    if other is None:
        return clip.crops[frames]
    count = len(clip.crops)
    second = frames >= count
    crops = clip.crops[np.where(second, 0, frames)]
    crops[second] = other.crops[frames[second] - count]
    return crops


def _frames(words: tuple[AlignedWord, ...]) -> tuple[int, int]:
    return round(words[0].start_frame), round(words[-1].end_frame)


def _later(word: AlignedWord, frames: int) -> AlignedWord:
    return replace(word, start_frame=word.start_frame + frames, end_frame=word.end_frame + frames)
