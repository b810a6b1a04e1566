"""Searches for good texts if there are too many to score all: hill climbing, one word at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

import numpy as np

from klipnet_live.decoding.automaton import Automaton
from klipnet_live.fusion.ctc import Scores
from klipnet_live.lips.alphabet import Alphabet


class Neighbours(Protocol):
    """Allowed texts that differ from a text in a single word."""

    def __call__(self, text: str) -> Iterable[str]: ...

    def allows(self, text: str) -> bool: ...


MAX_WORDS: Final = 400
"""Maximum alternatives for one word; words with more are not searched."""

BATCH: Final = 8
"""Texts per batch: a recogniser's memory grows by 4 MB per text, and is not released."""

_ROUNDS: Final = 6


class Scored:
    """Caches the log-probability of each text."""

    def __init__(self, score: Callable[[Sequence[str]], Iterable[float]]) -> None:
        self._score = score
        self.known: dict[str, float] = {}

    def __call__(self, texts: Sequence[str]) -> Scores:
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        for first in range(0, len(new), BATCH):
            batch = new[first : first + BATCH]
            self.known.update(zip(batch, self._score(batch), strict=True))
        return np.array([self.known[text] for text in texts], float)


def climb(score: Callable[[Sequence[str]], Scores], start: str, neighbours: Neighbours) -> str:
    """A local optimum, starting from `start`; improvements at several words are also tried together."""
    best, value = start, float(score([start])[0])
    for _ in range(_ROUNDS):
        around = list(neighbours(best))
        if not around:
            return best
        scores = score(around)
        better = [text for text, _ in sorted(_gains(around, scores, value), key=lambda pair: -pair[1])]
        if not better:
            return best
        merged = _merged(best, better)
        pair = [better[0], merged] if neighbours.allows(merged) else better[:1]
        values = score(pair)
        best, value = pair[int(values.argmax())], float(values.max())
    return best


def _gains(texts: Sequence[str], scores: Scores, value: float) -> Iterator[tuple[str, float]]:
    return ((text, float(s)) for text, s in zip(texts, scores, strict=True) if s > value)


def _merged(text: str, better: Sequence[str]) -> str:
    """`text` with the best improvement of each word; texts of another length are ignored."""
    words = text.split()
    changed: dict[int, str] = {}
    for other in better:
        others = other.split()
        if len(others) == len(words):
            for i, (old, new) in enumerate(zip(words, others, strict=True)):
                if old != new:
                    changed.setdefault(i, new)
    return " ".join(changed.get(i, word) for i, word in enumerate(words))


class GrammarNeighbours:
    """Sentences of a grammar that differ from a given one in one word."""

    def __init__(self, grammar: Automaton, alphabet: Alphabet) -> None:
        self._grammar, self.alphabet = grammar, alphabet
        self._words: dict[int, Mapping[str, int]] = {}

    def any_sentence(self) -> str:
        """An arbitrary sentence, as a starting point."""
        words: list[str] = []
        node = self._grammar.start
        while following := self._words_at(node):
            word, node = next(iter(following.items()))
            words.append(word)
            if not self._grammar.arcs[node]:
                break
            node = self._grammar.arcs[node].get(self.alphabet.space, node)
        return " ".join(words)

    def __call__(self, text: str) -> Iterator[str]:
        words = text.split()
        nodes = self._nodes(words)
        for i, node in enumerate(nodes):
            alternatives = self._words_at(node)
            if len(alternatives) > MAX_WORDS:
                continue
            for word, end in alternatives.items():
                if word != words[i] and self._goes_on(end, words[i + 1 :]):
                    yield " ".join([*words[:i], word, *words[i + 1 :]])

    def allows(self, text: str) -> bool:
        """Whether it is a complete sentence of the grammar."""
        words = text.split()
        first = self._words_at(self._grammar.start).get(words[0]) if words else None
        return first is not None and self._goes_on(first, words[1:])

    def _nodes(self, words: Sequence[str]) -> list[int]:
        """The node before each word, as far as the grammar allows the words."""
        nodes, node = [], self._grammar.start
        for word in words:
            end = self._words_at(node).get(word)
            if end is None:
                break
            nodes.append(node)
            node = self._grammar.arcs[end].get(self.alphabet.space, end)
        return nodes

    def _goes_on(self, end: int, words: Sequence[str]) -> bool:
        """Whether `words` may follow a word that ends at `end`, and complete the sentence."""
        for word in words:
            before = self._grammar.arcs[end].get(self.alphabet.space)
            following = None if before is None else self._words_at(before).get(word)
            if following is None:
                return False
            end = following
        return end in self._grammar.accepting

    def _words_at(self, node: int) -> Mapping[str, int]:
        """Words that start at a node, with the node at the end of each."""
        if node not in self._words:
            self._words[node] = dict(self._spelled(node))
        return self._words[node]

    def _spelled(self, node: int) -> Iterator[tuple[str, int]]:
        waiting: list[tuple[tuple[int, ...], int]] = [((), node)]
        found = 0
        while waiting and found <= MAX_WORDS:
            ids, at = waiting.pop()
            arcs = self._grammar.arcs[at]
            if ids and (at in self._grammar.accepting or self.alphabet.space in arcs):
                found += 1
                yield self.alphabet.decode(ids), at
            waiting += [((*ids, s), to) for s, to in arcs.items() if s != self.alphabet.space]
