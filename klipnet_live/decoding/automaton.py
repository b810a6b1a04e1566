"""Deterministic finite automaton over symbols; it constrains the beam search to a grammar."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from klipnet_live.decoding.expression import Choice, Expression, Phrase, Repeat
from klipnet_live.lips.alphabet import Alphabet, UnknownCharacterError, normalise_text
from klipnet_live.types import UserError

T = TypeVar("T")

MAX_NODES: Final = 200_000
"""About 100 MB. Each word within nested repetitions can double the number of nodes."""

MAX_SYMBOLS: Final = 300_000
"""Total length of all phrases, with each rule expanded wherever it is used. Checked before compiling."""

MAX_SET_SIZES: Final = 1_200_000
"""Total size of the node sets made during the subset construction: a few seconds and 200 MB."""

_SILENCE: Final = 0
"""Stands for the symbol that enters the start node; no arc carries it."""


@dataclass(frozen=True, slots=True)
class Automaton:
    """`arcs[node]` maps a symbol to the next node; a sentence may end at any node of `accepting`.

    All arcs into a node carry the same symbol, `entered_by[node]`. The start node is accepting: silence
    is always allowed. Words are separated by one space if the alphabet has a space; there is none at
    either end of a sentence.
    """

    arcs: tuple[Mapping[int, int], ...]
    entered_by: tuple[int, ...]
    accepting: frozenset[int]
    start: int = 0


@dataclass(slots=True)
class _Fragments:
    """Nondeterministic automaton in which each expression connects two nodes.

    Thompson 1968, "Regular expression search algorithm". Every word begins with a space here;
    `_determinise` removes the one at the start of the sentence.
    """

    alphabet: Alphabet
    silent: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    arcs: defaultdict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    nodes: int = 2

    def node(self) -> int:
        self.nodes += 1
        return self.nodes - 1

    def join(self, expression: Expression, first: int, last: int) -> None:
        """Add the nodes and arcs of `expression`, which starts at `first` and ends at `last`."""
        if isinstance(expression, Phrase):
            self._spell(expression, first, last)
        elif isinstance(expression, Choice):
            for item in expression.items:
                self.join(item, first, last)
        elif isinstance(expression, Repeat):
            begin, end = self.node(), self.node()
            self.silent[first].append(begin)
            self.silent[end] += [begin, last]
            self.join(expression.item, begin, end)
        else:
            for item in expression.items:
                following = self.node()
                self.join(item, first, following)
                first = following
            self.silent[first].append(last)

    def _spell(self, phrase: Phrase, first: int, last: int) -> None:
        for symbol in self.alphabet.separator:
            following = self.node()
            self.arcs[first].append((symbol, following))
            first = following
        arcs = spellings(phrase, self.alphabet)
        places = {0: first} | {place: self.node() for place in sorted({end for *_, end in arcs})}
        for start, symbol, end in arcs:
            if start in places:
                self.arcs[places[start]].append((symbol, places[end]))
        self.silent[places[max(places)]].append(last)

    def closure(self, nodes: Iterable[int]) -> frozenset[int]:
        """`nodes` and every node that can be reached from them without a symbol."""
        reached, open_nodes = set(nodes), list(nodes)
        while open_nodes:
            for following in self.silent.get(open_nodes.pop(), ()):
                if following not in reached:
                    reached.add(following)
                    open_nodes.append(following)
        return frozenset(reached)

    def successors(self, nodes: Iterable[int]) -> dict[int, frozenset[int]]:
        """For each symbol that may come next, the nodes that it leads to."""
        targets: defaultdict[int, set[int]] = defaultdict(set)
        for node in nodes:
            for symbol, following in self.arcs.get(node, ()):
                targets[symbol].add(following)
        return {symbol: self.closure(found) for symbol, found in sorted(targets.items())}


def spell(phrase: Phrase, alphabet: Alphabet) -> list[int]:
    """The symbols of a phrase. UserError with the line number if the alphabet lacks a character."""
    return _with_line_errors(phrase, alphabet.encode)


def spellings(phrase: Phrase, alphabet: Alphabet) -> list[tuple[int, int, int]]:
    """Every way to spell a phrase, as arcs (from, symbol, to). UserError as in `spell`."""
    return _with_line_errors(phrase, alphabet.spellings)


def _with_line_errors(phrase: Phrase, write: Callable[[str], list[T]]) -> list[T]:
    words = normalise_text(phrase.text)
    if not words:
        raise UserError(
            "Line {line}: {text!r} contains no letters. Spell it out in letters or remove it.",
            line=phrase.line,
            text=phrase.text,
        )
    try:
        return write(words)
    except UnknownCharacterError as error:
        raise UserError(
            "Line {line}: {character!r} is not in the alphabet of language {language!r}. "
            "Spell it out in letters or remove it.",
            line=phrase.line,
            character=error.character,
            language=error.language,
        ) from error


def compile_expression(expression: Expression, alphabet: Alphabet) -> Automaton:
    """The automaton of all sentences of `expression`. UserError if it is too large or cannot be spelled."""
    if count_symbols(expression) > MAX_SYMBOLS:
        raise UserError(
            "The grammar is too large: more than {limit} letters once every rule is expanded. Use "
            "fewer or shorter phrases.",
            limit=MAX_SYMBOLS,
        )
    fragments = _Fragments(alphabet)
    fragments.join(expression, 0, 1)
    return _determinise(fragments, alphabet.separator)


def count_symbols(expression: Expression) -> int:
    """Total length of all phrases in symbols, with each rule counted as often as it is used."""
    known: dict[int, int] = {}

    def count(part: Expression) -> int:
        if id(part) not in known:
            if isinstance(part, Phrase):
                known[id(part)] = len(part.text) + 1
            elif isinstance(part, Repeat):
                known[id(part)] = count(part.item) + 2
            else:
                known[id(part)] = 1 + sum(map(count, part.items))
        return known[id(part)]

    return count(expression)


def _determinise(fragments: _Fragments, separator: tuple[int, ...]) -> Automaton:
    """Subset construction: Rabin, Scott 1959, "Finite automata and their decision problems".

    A node is a pair (set, symbol that led to it), so that all arcs into a node carry the same symbol.
    """
    start = fragments.closure([0])
    for symbol in separator:
        start = fragments.successors(start).get(symbol, frozenset())
    numbers = {(start, _SILENCE): 0}
    work = len(start)
    waiting, arcs = deque([start]), []
    while waiting:
        row = {}
        for symbol, nodes in fragments.successors(waiting.popleft()).items():
            if (nodes, symbol) not in numbers:
                numbers[nodes, symbol] = len(numbers)
                waiting.append(nodes)
                work += len(nodes)
            row[symbol] = numbers[nodes, symbol]
        arcs.append(row)
        if len(numbers) > MAX_NODES or work > MAX_SET_SIZES:
            raise UserError(
                "The grammar is too large: more than {limit} nodes. Use fewer nested repetitions.",
                limit=MAX_NODES,
            )
    accepting = {number for (nodes, _), number in numbers.items() if 1 in nodes}
    return Automaton(tuple(arcs), tuple(symbol for _, symbol in numbers), frozenset(accepting | {0}))
