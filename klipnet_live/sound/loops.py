"""Removes repetitions, which speech recognisers produce when they fail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klipnet_live.types import Word

_MAX_PHRASE_WORDS = 12
"""Maximum length of a repeated phrase in words."""


def without_loops(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with phrases that repeat three times or more, and words four times or more, kept once."""
    texts = [re.sub(r"\W", "", word.text.casefold()) for word in words]
    kept: list[int] = []
    at = 0
    while at < len(words):
        length, times = _loop(texts, at)
        kept += range(at, at + length)
        at += length * times
    return tuple(words[i] for i in kept)


def _loop(texts: Sequence[str], at: int) -> tuple[int, int]:
    """Length and repetitions of a phrase that starts here; (1, 1) without repetition."""
    for length in range(1, _MAX_PHRASE_WORDS + 1):
        phrase = texts[at : at + length]
        times = 1
        while texts[at + times * length : at + (times + 1) * length] == phrase:
            times += 1
        if times >= (4 if length == 1 else 3):
            return length, times
    return 1, 1
