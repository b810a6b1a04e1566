"""Alphabets of the models. Id 0 is the CTC blank in every alphabet."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from klipnet_live.lips.hangul import FINALS, INITIALS, SYLLABLES, VOWELS, Composed, compose, decompose
from klipnet_live.types import UserError

BLANK: Final = 0
"""Id of the CTC blank: no new symbol in this frame."""

_SYMBOLS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (" ", *string.ascii_lowercase),
    "ko": (" ", *INITIALS, *VOWELS, *FINALS),
    # Alphabet of the Korean model with Keras weights: 11,174 symbols including the blank.
    "ko-syllables": (" ", *SYLLABLES),
}


class UnknownCharacterError(ValueError):
    """A character that the alphabet lacks."""

    def __init__(self, character: str, language: str) -> None:
        super().__init__(f"{character!r} is not in the alphabet of {language!r}")
        self.character = character
        self.language = language


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Symbols without the blank; `symbols[i]` has id `i + 1`."""

    language: str
    symbols: tuple[str, ...]
    _ids: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ids", {symbol: i for i, symbol in enumerate(self.symbols, 1)})
        object.__setattr__(self, "_hash", hash((self.language, self.symbols)))

    def __hash__(self) -> int:
        """Computed once: hashing 5,000 symbols takes longer than decoding a word."""
        return self._hash

    @property
    def size(self) -> int:
        """Number of symbols, including the blank."""
        return len(self.symbols) + 1

    @property
    def space(self) -> int:
        """Id of the space between words."""
        return self._ids[" "]

    @property
    def separator(self) -> tuple[int, ...]:
        """Symbols between two words; none if the alphabet marks word starts instead."""
        return (self.space,)

    def encode(self, text: str) -> list[int]:
        """Ids of `text`, with Hangul as jamo or as syllables. Raises UnknownCharacterError."""
        text_symbols = decompose(text) if INITIALS[0] in self._ids else unicodedata.normalize("NFC", text)
        return [self._id(character) for character in text_symbols]

    def spellings(self, text: str) -> list[tuple[int, int, int]]:
        """Every way to spell `text`, as arcs (from, symbol, to) between positions 0, 1, ...

        UnknownCharacterError for an unknown character.
        """
        return [(place, symbol, place + 1) for place, symbol in enumerate(self.encode(text))]

    def words(self, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Index range (start, end exclusive) of each word in `ids`; some may be empty."""
        start = 0
        for end in [i for i, symbol in enumerate(ids) if symbol == self.space] + [len(ids)]:
            yield start, end
            start = end + 1

    def decode(self, ids: Iterable[int], *, dangling: bool = False) -> str:
        """Text of ids without blanks; with `dangling`, an initial consonant without a vowel is included."""
        composed = self.compose(ids)
        return composed.text + composed.dangling if dangling else composed.text

    def compose(self, ids: Iterable[int]) -> Composed:
        """Text of ids without blanks, split into the final part and the part that may still change."""
        return compose("".join(self._symbol(i) for i in ids))

    def _id(self, character: str) -> int:
        try:
            return self._ids[character]
        except KeyError:
            raise UnknownCharacterError(character, self.language) from None

    def _symbol(self, i: int) -> str:
        if not 1 <= i <= len(self.symbols):
            raise ValueError(f"expected symbol ids 1 to {len(self.symbols)}, got {i}")
        return self.symbols[i - 1]


@cache
def alphabet_for(language: str) -> Alphabet:
    """The alphabet of a language code. UserError if the language is unknown."""
    if language not in _SYMBOLS:
        raise UserError(
            "Unknown language {language!r}. Choose one of: {known}.",
            language=language,
            known=", ".join(_SYMBOLS),
        )
    return Alphabet(language, _SYMBOLS[language])


def normalise_text(text: str) -> str:
    """Lower case, NFC, no apostrophes; runs of punctuation and white space become one space."""
    lowered = re.sub("['’]", "", unicodedata.normalize("NFC", text).lower())
    return re.sub(r"[\W_]+", " ", lowered).strip()
