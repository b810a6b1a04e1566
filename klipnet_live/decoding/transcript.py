"""Results of a decoder: words with times and confidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

from klipnet_live.lips.alphabet import Alphabet

CACHED_WORDS: Final = 4096
"""The hypotheses of a line share most words from frame to frame."""


class CtcHypothesis(NamedTuple):
    """A symbol sequence and its probability mass.

    `frames[i]` is the frame of `ids[i]`, `peaks[i]` its probability in that frame.
    """

    mass: float
    ids: tuple[int, ...]
    frames: tuple[int, ...]
    peaks: tuple[float, ...]


class FrameSpan(NamedTuple):
    """One word of a hypothesis, with the frames of its first and last symbol.

    `evidence`: geometric mean of the probabilities of its symbols, each in its frame.
    """

    text: str
    first_frame: int
    last_frame: int
    evidence: float


@dataclass(frozen=True, slots=True)
class DecodedWord:
    """A decoded word. `confidence`: probability that it is right, 0 to 1."""

    text: str
    first_frame: int
    last_frame: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """The best text so far.

    `text` contains complete syllables only; in an open line a trailing space means that the last word is
    complete. `dangling`: a Korean initial consonant that still lacks its vowel. `log_prob`: score of the
    symbols over all alignments in the beam, prior included. `confidence`: mean confidence of the words, or
    the probability of silence if there are none.
    """

    text: str
    dangling: str
    words: tuple[DecodedWord, ...]
    confidence: float
    log_prob: float

    def ended(self) -> Transcript:
        """The same transcript as that of a finished line."""
        return replace(self, text=self.text.rstrip(), dangling="")


def split_words(hypothesis: CtcHypothesis, alphabet: Alphabet) -> list[FrameSpan]:
    """The non-empty words of a hypothesis."""
    _, ids, frames, peaks = hypothesis
    spans = []
    for start, end in alphabet.words(ids):
        if text := _decode_cached(ids[start:end], alphabet):
            evidence = math.prod(peaks[start:end]) ** (1 / (end - start))
            spans.append(FrameSpan(text, frames[start], frames[end - 1], evidence))
    return spans


def transcript_of(
    ids: Sequence[int],
    spans: Sequence[FrameSpan],
    confidences: Sequence[float],
    silence: float,
    log_prob: float,
    alphabet: Alphabet,
) -> Transcript:
    """Assemble a transcript; `silence` is its confidence if it has no words."""
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
def _decode_cached(ids: tuple[int, ...], alphabet: Alphabet) -> str:
    return alphabet.decode(ids)
