"""Character n-gram language model.

Interpolated Witten-Bell smoothing: Witten, Bell 1991, "The zero-frequency problem", method C, in
the interpolated form of Chen, Goodman 1998, "An empirical study of smoothing techniques", 2.6.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klipnet_live.lips.alphabet import BLANK, Alphabet

Probabilities = NDArray[np.float64]

END: Final = BLANK
"""The end of a line shares the id of the blank, which never occurs in text; it also pads contexts."""

MAX_ORDER: Final = 6
"""Longer contexts rarely repeat in a list of phrases."""

CACHED_CONTEXTS: Final = 20_000
"""12 MB with 69 symbols; hours of captions need many more."""


class NGram:
    """Counts of symbol n-grams of one order; counts of shorter n-grams are sums of them.

    This holds because every symbol and every end of line is counted with a full, padded context.
    """

    def __init__(self, alphabet: Alphabet, order: int, counts: Mapping[tuple[int, ...], int]) -> None:
        self.alphabet = alphabet
        self.order = order
        self._followers = _followers(counts)
        self.probabilities = lru_cache(CACHED_CONTEXTS)(self._interpolated)

    @classmethod
    def train(cls, lines: Iterable[Sequence[int]], alphabet: Alphabet, order: int = MAX_ORDER) -> NGram:
        """Count the lines of a corpus; each line is a sequence of symbol ids. ValueError for a bad order."""
        if not 1 <= order <= MAX_ORDER:
            raise ValueError(f"expected an order of 1 to {MAX_ORDER}, got {order}")
        counts: Counter[tuple[int, ...]] = Counter()
        for line in lines:
            ids = [END] * (order - 1) + [*line, END]
            counts.update(tuple(ids[i : i + order]) for i in range(len(ids) - order + 1))
        return cls(alphabet, order, counts)

    def context(self, ids: Sequence[int]) -> tuple[int, ...]:
        """The last `order - 1` of `ids`, padded at the start of a line."""
        length = self.order - 1
        recent = tuple(ids[max(0, len(ids) - length) :]) if length else ()
        return (END,) * (length - len(recent)) + recent

    def _interpolated(self, context: tuple[int, ...]) -> Probabilities:
        """Probability of each id after `context`, shape (symbols,); id 0 is the end of the line.

        (c(h, w) + T(h) P(w | shorter h)) / (c(h) + T(h)); T(h): the number of distinct symbols after h.
        """
        if context:
            shorter = self.probabilities(context[1:])
        else:
            shorter = np.full(self.alphabet.size, 1 / self.alphabet.size)
        seen = self._followers.get(context)
        if seen is None:
            return shorter
        row = shorter * len(seen)
        for symbol, count in seen.items():
            row[symbol] += count
        return row / (sum(seen.values()) + len(seen))


class Prior:
    """Weights of an n-gram in the beam search: P(symbol)^weight, times exp(bonus) for each symbol.

    The insertion bonus compensates for the prior's preference for short texts.
    """

    def __init__(self, ngram: NGram, weight: float = 0.0, insertion_bonus: float = 0.0) -> None:
        self._ngram = ngram
        self._weight = weight
        self._bonus = math.exp(insertion_bonus)
        self._weighted = lru_cache(CACHED_CONTEXTS)(self._row)

    def factors(self, ids: Sequence[int]) -> Probabilities:
        """Factor of each symbol after `ids`, shape (symbols,); that of id 0 is for ending the line."""
        return self._weighted(self._ngram.context(ids))

    def _row(self, context: tuple[int, ...]) -> Probabilities:
        row = self._ngram.probabilities(context) ** self._weight
        row[1:] *= self._bonus
        return row


def _followers(counts: Mapping[tuple[int, ...], int]) -> dict[tuple[int, ...], dict[int, int]]:
    """For contexts of every length, including 0: how often each symbol follows."""
    followers: defaultdict[tuple[int, ...], defaultdict[int, int]]
    followers = defaultdict(lambda: defaultdict(int))
    for ids, count in counts.items():
        *context, symbol = ids
        for start in range(len(ids)):
            followers[tuple(context[start:])][symbol] += count
    return {context: dict(seen) for context, seen in followers.items()}
