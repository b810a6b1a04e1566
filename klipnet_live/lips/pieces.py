"""Alphabets of sub-word pieces, as SentencePiece makes them: `▁` begins a word, pieces join without a space.

Kudo, Richardson 2018, "SentencePiece: a simple and language independent subword tokenizer",
arXiv:1808.06226.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from klipnet_live.lips.alphabet import Alphabet, UnwritableError
from klipnet_live.lips.hangul import Composed

WORD = "▁"
UNKNOWN, END = "<unk>", "<eos>"
_UNWRITTEN = frozenset({UNKNOWN, END, "<blank>", "<sos/eos>"})


@dataclass(frozen=True)
class PieceAlphabet(Alphabet):
    """Pieces without the blank. Text is lower case, whatever the case of the pieces."""

    @property
    def separator(self) -> tuple[int, ...]:
        """No symbol stands between words."""
        return ()

    def encode(self, text: str) -> list[int]:
        """The fewest pieces that spell `text`; of equally many the longest first. UnwritableError."""
        spelled = self._marked(text)
        best: list[list[int] | None] = [*[None] * len(spelled), []]
        arcs = self._arcs(spelled)
        for start in reversed(range(len(spelled))):
            for symbol, end in arcs[start]:
                rest = best[end]
                if rest is not None and (best[start] is None or len(rest) + 1 < len(best[start] or ())):
                    best[start] = [symbol, *rest]
        if best[0] is None:
            raise UnwritableError(self._unwritable(text), self.language)
        return best[0]

    def spellings(self, text: str) -> list[tuple[int, int, int]]:
        """Every way to spell `text`: arcs (from, symbol, to) between its places 0, 1, ... UnwritableError."""
        self.encode(text)
        arcs = self._arcs(self._marked(text))
        return [(start, symbol, end) for start, row in enumerate(arcs) for symbol, end in row]

    def compose(self, ids: Iterable[int]) -> Composed:
        """Text of ids that hold no blank; a piece is never half a syllable."""
        pieces = (self._symbol(i) for i in ids)
        joined = "".join(piece for piece in pieces if piece not in _UNWRITTEN)
        return Composed(joined.replace(WORD, " ").strip().lower(), "")

    def words(self, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
        """First and last place (exclusive) of each word in `ids`."""
        starts = [i for i, symbol in enumerate(ids) if i == 0 or self._symbol(symbol).startswith(WORD)]
        yield from pairwise([*starts, len(ids)])

    @cached_property
    def _pieces(self) -> dict[str, list[tuple[str, int]]]:
        """Pieces in lower case by their first letter, the longest first, with their ids."""
        table: dict[str, list[tuple[str, int]]] = {}
        for i, symbol in enumerate(self.symbols, 1):
            if symbol not in _UNWRITTEN and symbol:
                table.setdefault(symbol[0].lower(), []).append((symbol.lower(), i))
        return {first: sorted(found, key=lambda pair: -len(pair[0])) for first, found in table.items()}

    def _arcs(self, spelled: str) -> list[list[tuple[int, int]]]:
        return [
            [
                (symbol, start + len(piece))
                for piece, symbol in self._pieces.get(spelled[start], ())
                if spelled.startswith(piece, start)
            ]
            for start in range(len(spelled))
        ]

    def _marked(self, text: str) -> str:
        return "".join(WORD + word for word in text.lower().split())

    def _unwritable(self, text: str) -> str:
        letters = {letter for piece in self.symbols for letter in piece.lower()}
        return next((letter for letter in text.lower() if letter not in letters and letter != " "), text)


def read_units(lines: Iterable[str]) -> tuple[str, ...]:
    """The pieces of a units file (`piece number` in each line, numbered from 1), and the end symbol.

    Errors: ValueError for a line of another form.
    """
    pieces = []
    for number, line in enumerate(lines, 1):
        piece, _, index = line.strip().rpartition(" ")
        if not piece or index != str(number):
            raise ValueError(f"line {number} is not `piece {number}`")
        pieces.append(piece)
    return (*pieces, END)
