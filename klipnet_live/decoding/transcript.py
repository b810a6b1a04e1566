"""What a decoder has read: words with their times and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from klipnet_live.lips.alphabet import Alphabet


class Reading(NamedTuple):
    """Symbols, the frame where each was written, and their share of probability."""

    mass: float
    ids: tuple[int, ...]
    frames: tuple[int, ...]


class Span(NamedTuple):
    """One word of a hypothesis. Frames are those where its first and last symbol were written."""

    text: str
    first_frame: int
    last_frame: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read. `confidence`: how probable it is that the word is right, 0 to 1."""

    text: str
    first_frame: int
    last_frame: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """The best reading so far.

    `text` holds complete syllables only; while a line is open it ends with a space when the last
    word is over. `dangling` is a Korean initial still without its vowel. `log_prob` is the score of
    the symbols over all alignments that the search kept, prior included. `confidence` is the share
    of words that are expected to be right, and that of silence where there are none.
    """

    text: str
    dangling: str
    words: tuple[Word, ...]
    confidence: float
    log_prob: float

    def ended(self) -> Transcript:
        """The same when nothing more follows."""
        return replace(self, text=self.text.rstrip(), dangling="")


def split_words(ids: Sequence[int], frames: Sequence[int], alphabet: Alphabet) -> list[Span]:
    """Words of a hypothesis; `frames[i]` is where `ids[i]` was written. No word is empty."""
    return [
        Span(text, frames[run[0]], frames[run[-1]])
        for run in _runs(ids, alphabet.space)
        if (text := alphabet.decode(ids[i] for i in run))
    ]


def transcript_of(
    ids: Sequence[int],
    spans: Sequence[Span],
    confidences: Sequence[float],
    silence: float,
    log_prob: float,
    alphabet: Alphabet,
) -> Transcript:
    """Put a reading together; `silence` is the confidence of one without words."""
    words = tuple(Word(*span, confidence) for span, confidence in zip(spans, confidences, strict=True))
    composed = alphabet.compose(ids)
    text = " ".join(word.text for word in words)
    return Transcript(
        text + " " if words and composed.text.endswith(" ") else text,
        composed.dangling,
        words,
        sum(confidences) / len(words) if words else silence,
        log_prob,
    )


def _runs(ids: Sequence[int], space: int) -> Iterator[list[int]]:
    """Indices of the symbols between spaces."""
    for is_space, run in groupby(range(len(ids)), lambda i: ids[i] == space):
        if not is_space:
            yield list(run)
