"""Words of likely phrases in place of similar ones that were recognised.

Contextual biasing by rescoring: a recogniser that does not know a name writes known words that sound like it.
Where hints are similar to what was written, they become candidates; the recogniser decides which of them fit
the sound. Nothing can be inserted, unlike with a bonus in its beam search, which repeated hinted words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

MIN_SIMILARITY: Final = 0.5
"""Minimum share of common letters (Ratcliff, Metzener 1988)."""

MAX_CANDIDATES: Final = 6
"""Candidates scored in each round, since each takes about 20 ms."""

SHORTEST: Final = 4
"""Letters of the shortest word that is a hint by itself."""

_LONGEST = 3
"""Number of written words that may stand for one hinted word."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text with a hint in it. `words`: number of the hint's words that were not written."""

    text: str
    hint: str
    words: int
    similarity: float


def candidates(written: Sequence[str], hints: Sequence[str]) -> list[Candidate]:
    """Texts with one hint in place of similar words, most similar first.

    `written`: the words of the recogniser. `hints`: likely phrases; their longer words count as hints, too.
    """
    plain = [letters(word) for word in written]
    found: dict[str, Candidate] = {}
    for hint in _hints(hints):
        words = hint.split()
        spelt = letters(hint)
        for first, end in _spans(len(written), len(words)):
            heard = "".join(plain[first:end])
            similarity = _similarity(heard, spelt)
            if spelt in heard or similarity < MIN_SIMILARITY:
                continue
            text = " ".join([*written[:first], _as_written(hint, written[first:end]), *written[end:]])
            new = len(words) - len(set(map(letters, words)) & set(plain[first:end]))
            if text not in found or found[text].similarity < similarity:
                found[text] = Candidate(text, hint, max(1, new), similarity)
    return sorted(found.values(), key=lambda one: -one.similarity)[:MAX_CANDIDATES]


def _hints(phrases: Sequence[str]) -> list[str]:
    whole = [" ".join(phrase.split()) for phrase in phrases]
    words = [word for phrase in phrases for word in phrase.split()]
    return [hint for hint in dict.fromkeys([*whole, *words]) if len(letters(hint)) >= SHORTEST]


def _spans(written: int, hinted: int) -> Iterator[tuple[int, int]]:
    """Beginnings and ends of the written words that may stand for so many hinted ones."""
    for length in range(max(1, hinted - 1), max(_LONGEST, hinted + 1) + 1):
        yield from ((first, first + length) for first in range(written - length + 1))


@lru_cache(1 << 16)
def _similarity(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < MIN_SIMILARITY:
        return 0.0
    return matcher.ratio()


def _as_written(hint: str, replaced: Sequence[str]) -> str:
    """The hint with the punctuation after the replaced words."""
    end = re.search(r"[.,?!;:]*$", replaced[-1])
    return hint + (end.group() if end else "")


def letters(text: str) -> str:
    """The text without spaces, punctuation and case."""
    return re.sub(r"[\W_]", "", text.casefold())
