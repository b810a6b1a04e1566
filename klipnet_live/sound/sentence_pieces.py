"""Moonshine's tokeniser: SentencePiece byte-pair encoding, as in Llama.

Kudo, Richardson 2018, "SentencePiece: a simple and language independent subword tokenizer".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

START, END = 1, 2
_FIRST_TEXT = 259
"""Lower ids are special tokens (0 to 2) and single bytes (3 to 258)."""
_FIRST_BYTE = 3
_SPACE = "▁"


class SentencePieces:
    """Converts between text and token ids. `path`: the tokens, each preceded by its length."""

    def __init__(self, path: Path) -> None:
        """OSError if the file cannot be read, ValueError if it is invalid."""
        self._pieces = _read(path.read_bytes())
        if len(self._pieces) <= _FIRST_TEXT or self._pieces[END] != b"</s>":
            raise ValueError(f"{path.name} contains no tokens")
        self._ids = {piece: i for i, piece in enumerate(self._pieces) if i >= _FIRST_TEXT and piece}

    def encode(self, text: str) -> list[int]:
        """Merge characters as long as the result is a token, smallest id first."""
        parts = [letter.encode() for letter in (_SPACE + text.strip()).replace(" ", _SPACE)]
        while True:
            joined = [
                (self._ids.get(a + b, len(self._pieces)), i) for i, (a, b) in enumerate(pairwise(parts))
            ]
            best, i = min(joined, default=(len(self._pieces), 0))
            if best == len(self._pieces):
                return [number for part in parts for number in self._ids_of(part)]
            parts[i : i + 2] = [parts[i] + parts[i + 1]]

    def decode(self, ids: Sequence[int]) -> str:
        pieces = b"".join(self._pieces[number] for number in ids if number > END)
        return pieces.decode("utf-8", "replace").replace(_SPACE, " ").strip()

    def begins_word(self, number: int) -> bool:
        return self._pieces[number].startswith(_SPACE.encode())

    def _ids_of(self, part: bytes) -> list[int]:
        number = self._ids.get(part)
        return [number] if number is not None else [_FIRST_BYTE + byte for byte in part]


def _read(data: bytes) -> list[bytes]:
    """Lengths below 128 take one byte; others take two: 128 + remainder, then the multiple of 128."""
    pieces = []
    at = 0
    while at < len(data):
        length, at = data[at], at + 1
        if length >= 128:
            length, at = data[at] * 128 + length - 128, at + 1
        pieces.append(data[at : at + length])
        at += length
    if at != len(data):
        raise ValueError("the last token is incomplete")
    return pieces
