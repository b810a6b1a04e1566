"""What is said in a clip, from sentences as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from klipnet_live.lips.alphabet import Alphabet, normalise_text
from klipnet_training.data.starred import UNKNOWN, known_part

_KEPT = re.compile(r"([*&%@#+=$€£¥₩°()\[\]{}<>])")
"""No punctuation: spoken, or around what is not. Dropped without a word, it would leave a wrong text."""


def normalised(text: str) -> str:
    """Lower case, NFC, without the punctuation of sentences; a text of punctuation alone stays as it is."""
    parts = (part if _KEPT.fullmatch(part) else normalise_text(part) for part in _KEPT.split(text))
    return " ".join(part for part in parts if part) or text.strip()


def transcript_of(row: Mapping[str, str]) -> str:
    """What a row of a table says is spoken."""
    return normalised(row.get("text", ""))


def language_of(texts: Iterable[str]) -> str:
    """`ko` where more texts hold Hangul than not, else `en`."""
    korean = [any("가" <= letter <= "힣" for letter in text) for text in texts if text]
    return "ko" if sum(korean) > len(korean) / 2 else "en"


def text_fault(text: str, alphabet: Alphabet) -> str:
    """Why a normalised text cannot be written, and the way out; empty where it can."""
    spoken = dict.fromkeys(known_part(text))
    outside = [letter for letter in spoken if not _is_symbol(letter, alphabet)]
    if not outside:
        return ""
    shown = " ".join(map(repr, outside))
    return f"{shown} not in the alphabet of {alphabet.language!r}: {_way_out(outside)}"


def _way_out(outside: Sequence[str]) -> str:
    if any(letter.isnumeric() for letter in outside):
        return "write numbers as words"
    if UNKNOWN in outside:
        return "it stands for words at the start only"
    if any(_KEPT.fullmatch(letter) for letter in outside):
        return "write signs as words, leave remarks out"
    return "use its letters only"


def _is_symbol(letter: str, alphabet: Alphabet) -> bool:
    try:
        alphabet.encode(letter)
    except ValueError:
        return False
    return True
