"""Normalises transcripts and checks that they can be encoded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from klipnet_live.lips.alphabet import Alphabet, normalise_text
from klipnet_live.lips.hangul import has_hangul
from klipnet_training.data.starred import UNKNOWN, known_part

_KEPT = re.compile(r"([*&%@#+=$€£¥₩°()\[\]{}<>])")
"""Signs that are spoken, or enclose what is not. Dropping them silently would leave a wrong text."""


def normalised(text: str) -> str:
    """Lower case, NFC, without punctuation; a text of punctuation alone is left as it is."""
    parts = (part if _KEPT.fullmatch(part) else normalise_text(part) for part in _KEPT.split(text))
    return " ".join(part for part in parts if part) or text.strip()


def transcript_of(row: Mapping[str, str]) -> str:
    """The normalised transcript of a table row."""
    return normalised(row.get("text", ""))


def language_of(texts: Iterable[str]) -> str:
    """`ko` if more than half of the texts contain Hangul, else `en`."""
    korean = [has_hangul(text) for text in texts if text]
    return "ko" if sum(korean) > len(korean) / 2 else "en"


def text_problem(text: str, alphabet: Alphabet) -> str:
    """Why a normalised text cannot be encoded, and what to do; empty if it can."""
    spoken = dict.fromkeys(known_part(text))
    outside = [letter for letter in spoken if not _is_symbol(letter, alphabet)]
    if not outside:
        return ""
    shown = " ".join(map(repr, outside))
    return f"{shown} not in the alphabet of {alphabet.language!r}: {_advice(outside)}"


def _advice(outside: Sequence[str]) -> str:
    if any(letter.isnumeric() for letter in outside):
        return "write numbers as words"
    if UNKNOWN in outside:
        return "it is only allowed at the start, for unknown words"
    if any(_KEPT.fullmatch(letter) for letter in outside):
        return "write signs as words and leave remarks out"
    return "use its letters only"


def _is_symbol(letter: str, alphabet: Alphabet) -> bool:
    try:
        alphabet.encode(letter)
    except ValueError:
        return False
    return True
