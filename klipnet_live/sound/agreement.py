"""Words that no longer change: what two successive readings of an utterance agree on.

Local agreement, as `klipnet_live.decoding.commit` has it for letters (Liu, Spanakis, Niehues 2020; Macháček,
Dabre, Bojar 2023), here for words with their times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from klipnet_live.types import Word


@dataclass(frozen=True, slots=True)
class WordAgreement:
    """`committed`: the words that stay. The last word of a reading may still grow: it is never committed."""

    committed: tuple[Word, ...] = ()
    last: tuple[Word, ...] = ()

    def update(self, words: Sequence[Word]) -> tuple[WordAgreement, tuple[Word, ...]]:
        """The rule after one more reading, and the words to show: the committed ones and what it adds."""
        pairs = zip(self.last, words[:-1], strict=False)
        agreed = [pair[1] for pair in takewhile(lambda pair: _plain(pair[0]) == _plain(pair[1]), pairs)]
        committed = (*self.committed, *_beyond(self.committed, agreed))
        return WordAgreement(committed, tuple(words)), (*committed, *_beyond(committed, words))

    def completed(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words of the ended utterance by its last reading; what is committed stays."""
        return (*self.committed, *_beyond(self.committed, words))


def _beyond(committed: Sequence[Word], words: Sequence[Word]) -> Sequence[Word]:
    """The words behind those that are closest to the committed ones (edit distance in words)."""
    if not committed:
        return words
    costs = list(range(len(words) + 1))
    for row, word in enumerate(committed, 1):
        diagonal, costs[0] = costs[0], row
        for i, other in enumerate(words, 1):
            changed = diagonal + (_plain(word) != _plain(other))
            diagonal, costs[i] = costs[i], min(costs[i] + 1, costs[i - 1] + 1, changed)
    nearest = max(range(len(costs)), key=lambda length: (-costs[length], length))
    return words[nearest:]


def _plain(word: Word) -> str:
    """The word without case and punctuation, which change when the sentence goes on."""
    return re.sub(r"[^\w']", "", word.text.casefold())
