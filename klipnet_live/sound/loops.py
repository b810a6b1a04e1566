"""Recognisers that have lost their way repeat themselves: what is written again and again is kept once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klipnet_live.types import Word

_LONGEST = 12
"""Words of a phrase that is looked for."""


def without_loops(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without the repetitions of what comes three times in a row; of a single word, four times."""
    texts = [re.sub(r"\W", "", word.text.casefold()) for word in words]
    kept: list[int] = []
    at = 0
    while at < len(words):
        length, times = _loop(texts, at)
        kept += range(at, at + length)
        at += length * times
    return tuple(words[i] for i in kept)


def _loop(texts: Sequence[str], at: int) -> tuple[int, int]:
    """Length and number of repetitions of the phrase that begins here; 1, 1 where nothing is repeated."""
    for length in range(1, _LONGEST + 1):
        phrase = texts[at : at + length]
        times = 1
        while texts[at + times * length : at + (times + 1) * length] == phrase:
            times += 1
        if times >= (4 if length == 1 else 3):
            return length, times
    return 1, 1
