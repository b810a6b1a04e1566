"""What a decoder has read: words with their times and confidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

from klipnet_live.lips.alphabet import Alphabet

CACHED_WORDS: Final = 4096
"""The hypotheses of a line share most of their words, frame after frame."""


class Reading(NamedTuple):
    """Symbols and their share of probability; `peaks[i]` is that of `ids[i]` in its frame alone."""

    mass: float
    ids: tuple[int, ...]
    frames: tuple[int, ...]
    peaks: tuple[float, ...]


class Span(NamedTuple):
    """One word of a hypothesis. Frames are those where its first and last symbol were written.

    `evidence` is the geometric mean of the probabilities of its symbols in their frames.
    """

    text: str
    first_frame: int
    last_frame: int
    evidence: float


@dataclass(frozen=True, slots=True)
class DecodedWord:
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
    words: tuple[DecodedWord, ...]
    confidence: float
    log_prob: float

    def ended(self) -> Transcript:
        """The same when nothing more follows."""
        return replace(self, text=self.text.rstrip(), dangling="")


def split_words(reading: Reading, alphabet: Alphabet) -> list[Span]:
    """Words of a hypothesis, none of them empty."""
    _, ids, frames, peaks = reading
    spans = []
    for start, end in alphabet.words(ids):
        if text := _spelled(ids[start:end], alphabet):
            evidence = math.prod(peaks[start:end]) ** (1 / (end - start))
            spans.append(Span(text, frames[start], frames[end - 1], evidence))
    return spans


def transcript_of(
    ids: Sequence[int],
    spans: Sequence[Span],
    confidences: Sequence[float],
    silence: float,
    log_prob: float,
    alphabet: Alphabet,
) -> Transcript:
    """Put a reading together; `silence` is the confidence of one without words."""
    words = tuple(
        DecodedWord(span.text, span.first_frame, span.last_frame, confidence)
        for span, confidence in zip(spans, confidences, strict=True)
    )
    composed = alphabet.compose(ids)
    text = " ".join(word.text for word in words)
    return Transcript(
        text + " " if words and composed.text.endswith(" ") else text,
        composed.dangling,
        words,
        sum(confidences) / len(words) if words else silence,
        log_prob,
    )


@lru_cache(CACHED_WORDS)
def _spelled(ids: tuple[int, ...], alphabet: Alphabet) -> str:
    return alphabet.decode(ids)
