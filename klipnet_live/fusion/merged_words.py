"""Alignment of heard and read words: which are the same, and when they were said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from klipnet_live.fusion.spoken import spoken_form
from klipnet_live.types import Word, WordSource

NEAR_S: Final = 0.5
"""Maximum distance of equal words: a recogniser's times are imprecise."""


def marked(words: Sequence[Word], others: Sequence[Word], language: str) -> tuple[Word, ...]:
    """The words, with the source "both" for those that also occur in `others`."""
    return tuple(
        replace(word, source="both") if any(same(word, other, language) for other in others) else word
        for word in words
    )


def timed(
    text: str, confidences: Sequence[float], heard: Sequence[Word], read: Sequence[Word], language: str
) -> tuple[Word, ...]:
    """The words of a fused text, with the times of heard or read words.

    Words without a counterpart are placed between their neighbours.
    """
    tokens = text.split()
    by_ear = _found(tokens, heard, language)
    by_eye = _found(tokens, read, language)
    known = [by_ear.get(i) or by_eye.get(i) for i in range(len(tokens))]
    spans = _filled([None if word is None else (word.start_s, word.end_s) for word in known], [*heard, *read])
    words = []
    for i, (token, confidence, (start_s, end_s)) in enumerate(zip(tokens, confidences, spans, strict=True)):
        words.append(Word(token, start_s, end_s, confidence, _source(i in by_ear, i in by_eye, bool(read))))
    return tuple(words)


def after_committed(committed: tuple[Word, ...], words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` after the committed ones, which are unchanged."""
    if text_of(words[: len(committed)]) == text_of(committed):
        return words
    behind = committed[-1].end_s if committed else float("-inf")
    return (*committed, *(word for word in words if (word.start_s + word.end_s) / 2 > behind))


def text_of(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _source(heard: bool, read: bool, was_read: bool) -> WordSource:
    """Source of a word that was recognised from one, both or neither; `was_read`: lip reading was
    available.
    """
    if heard == read:
        return "both" if was_read else "sound"
    return "sound" if heard else "lips"


def same(word: Word, other: Word, language: str) -> bool:
    """Whether a heard and a read word are the same word at about the same time."""
    near = word.start_s <= other.end_s + NEAR_S and other.start_s <= word.end_s + NEAR_S
    return near and spoken_form(word.text, language) == spoken_form(other.text, language)


def _found(tokens: Sequence[str], words: Sequence[Word], language: str) -> dict[int, Word]:
    """The element of `words` for each token, in order."""
    mine = [spoken_form(token, language) for token in tokens]
    theirs = [spoken_form(word.text, language) for word in words]
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return {a + i: words[b + i] for a, b, size in blocks for i in range(size)}


def _filled(spans: Sequence[tuple[float, float] | None], words: Sequence[Word]) -> list[tuple[float, float]]:
    """Complete the spans: missing ones share the time between their neighbours."""
    first = min((word.start_s for word in words), default=0.0)
    last = max((word.end_s for word in words), default=0.0)
    filled: list[tuple[float, float]] = []
    for i, span in enumerate(spans):
        before = filled[-1][1] if filled else first
        if span is None:
            gap = next((j for j, other in enumerate(spans[i:]) if other is not None), len(spans) - i)
            following = next((other[0] for other in spans[i:] if other is not None), last)
            step = max(0.0, following - before) / max(1, gap)
            span = before, before + step
        start = max(before, span[0])
        filled.append((start, max(start, span[1])))
    return filled
