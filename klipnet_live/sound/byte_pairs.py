"""Whisper's tokeniser: byte-pair encoding of UTF-8, as in GPT-2.

Sennrich, Haddow, Birch 2016, "Neural machine translation of rare words with subword units"; Radford et al.
2019, "Language models are unsupervised multitask learners".
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

_CHUNKS = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")
"""Words, numbers and punctuation with a preceding space; merges do not cross these."""


class BytePairs:
    """Converts between text and token ids.

    `folder` contains `tokenizer.json` of Hugging Face's tokenizers: tokens with their ids, and the merges.
    """

    def __init__(self, folder: Path) -> None:
        tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
        added = {token["content"]: token["id"] for token in tokenizer["added_tokens"]}
        self._ids: dict[str, int] = {**tokenizer["model"]["vocab"], **added}
        self._ranks = {tuple(_pair(merge)): rank for rank, merge in enumerate(tokenizer["model"]["merges"])}
        self.first_special = self._ids["<|endoftext|>"]
        letters = {letter: byte for byte, letter in enumerate(_byte_letters())}
        tokens = {number: token for token, number in self._ids.items()}
        self._bytes = [
            bytes(letters[letter] for letter in tokens[number]) for number in range(self.first_special)
        ]

    def id_of(self, special: str) -> int:
        """Id of a special token such as `<|ko|>`. KeyError for an unknown token."""
        return self._ids[special]

    def encode(self, text: str) -> list[int]:
        return [number for chunk in _CHUNKS.findall(text) for number in self._encode_chunk(chunk)]

    def decode(self, ids: Sequence[int]) -> str:
        """Text of the ids. Special tokens are skipped; incomplete characters become U+FFFD."""
        return self.decode_bytes(ids).decode("utf-8", "replace")

    def decode_bytes(self, ids: Sequence[int]) -> bytes:
        return b"".join(self._bytes[number] for number in ids if number < self.first_special)

    def _encode_chunk(self, chunk: str) -> list[int]:
        letters = _byte_letters()
        parts = [letters[byte] for byte in chunk.encode("utf-8")]
        while len(parts) > 1:
            ranked = [self._ranks.get(pair, len(self._ranks)) for pair in pairwise(parts)]
            first = min(range(len(ranked)), key=ranked.__getitem__)
            if ranked[first] == len(self._ranks):
                break
            parts[first : first + 2] = [parts[first] + parts[first + 1]]
        return [self._ids[part] for part in parts]


def _pair(merge: str | list[str]) -> list[str]:
    """Older files store a merge as one string."""
    return merge.split(" ") if isinstance(merge, str) else merge


@lru_cache(maxsize=1)
def _byte_letters() -> tuple[str, ...]:
    """A visible character for each byte: the byte itself if possible, else one from U+0100 on."""
    shown = {*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)}
    spare = iter(range(256, 512))
    return tuple(chr(byte) if byte in shown else chr(next(spare)) for byte in range(256))
