"""Alphabets of subword pieces as made by SentencePiece: `▁` marks the start of a word.

Kudo, Richardson 2018, "SentencePiece: a simple and language independent subword tokenizer",
arXiv:1808.06226.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from klipnet_live.lips.alphabet import Alphabet, UnknownCharacterError
from klipnet_live.lips.hangul import Composed

WORD = "▁"
UNKNOWN, END = "<unk>", "<eos>"
_SPECIAL = frozenset({UNKNOWN, END, "<blank>", "<sos/eos>"})


@dataclass(frozen=True, eq=False)
class PieceAlphabet(Alphabet):
    """Pieces without the blank. Text is always lower case."""

    @property
    def separator(self) -> tuple[int, ...]:
        """Empty: the pieces themselves mark word starts."""
        return ()

    def encode(self, text: str) -> list[int]:
        """The fewest pieces that spell `text`; longer pieces first among equals. UnknownCharacterError."""
        text_symbols = self._with_word_marks(text)
        best: list[list[int] | None] = [*[None] * len(text_symbols), []]
        arcs = self._arcs(text_symbols)
        for start in reversed(range(len(text_symbols))):
            for symbol, end in arcs[start]:
                rest = best[end]
                if rest is not None and (best[start] is None or len(rest) + 1 < len(best[start] or ())):
                    best[start] = [symbol, *rest]
        if best[0] is None:
            raise UnknownCharacterError(self._unknown_character(text), self.language)
        return best[0]

    def spellings(self, text: str) -> list[tuple[int, int, int]]:
        """Every way to spell `text`, as arcs (from, symbol, to) between positions 0, 1, ...

        UnknownCharacterError for an unknown character.
        """
        self.encode(text)
        arcs = self._arcs(self._with_word_marks(text))
        return [(start, symbol, end) for start, row in enumerate(arcs) for symbol, end in row]

    def compose(self, ids: Iterable[int]) -> Composed:
        """Text of ids without blanks; a piece always holds complete syllables."""
        pieces = (self._symbol(i) for i in ids)
        joined = "".join(piece for piece in pieces if piece not in _SPECIAL)
        return Composed(joined.replace(WORD, " ").strip().lower(), "")

    def words(self, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Index range (start, end exclusive) of each word in `ids`."""
        starts = [i for i, symbol in enumerate(ids) if i == 0 or self._symbol(symbol).startswith(WORD)]
        yield from pairwise([*starts, len(ids)])

    @cached_property
    def _pieces(self) -> dict[str, list[tuple[str, int]]]:
        """Lower-case pieces with their ids, by first letter, longest first."""
        table: dict[str, list[tuple[str, int]]] = {}
        for i, symbol in enumerate(self.symbols, 1):
            if symbol not in _SPECIAL and symbol:
                table.setdefault(symbol[0].lower(), []).append((symbol.lower(), i))
        return {first: sorted(found, key=lambda pair: -len(pair[0])) for first, found in table.items()}

    def _arcs(self, text_symbols: str) -> list[list[tuple[int, int]]]:
        return [
            [
                (symbol, start + len(piece))
                for piece, symbol in self._pieces.get(text_symbols[start], ())
                if text_symbols.startswith(piece, start)
            ]
            for start in range(len(text_symbols))
        ]

    def _with_word_marks(self, text: str) -> str:
        return "".join(WORD + word for word in text.lower().split())

    def _unknown_character(self, text: str) -> str:
        letters = {letter for piece in self.symbols for letter in piece.lower()}
        return next((letter for letter in text.lower() if letter not in letters and letter != " "), text)


def read_units(lines: Iterable[str]) -> tuple[str, ...]:
    """Read a units file, which has `piece number` on each line, numbered from 1; the end symbol is added.

    Raises ValueError for a malformed line.
    """
    pieces = []
    for number, line in enumerate(lines, 1):
        piece, _, index = line.strip().rpartition(" ")
        if not piece or index != str(number):
            raise ValueError(f"line {number} is not `piece {number}`")
        pieces.append(piece)
    return (*pieces, END)
