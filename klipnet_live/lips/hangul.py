"""Conversion between Hangul syllables (학) and conjoining jamo (U+1112 U+1161 U+11A8)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from jamo import h2j, j2h, j2hcj

INITIALS: Final = tuple(chr(code) for code in range(0x1100, 0x1113))
VOWELS: Final = tuple(chr(code) for code in range(0x1161, 0x1176))
FINALS: Final = tuple(chr(code) for code in range(0x11A8, 0x11C3))
SYLLABLES: Final = tuple(chr(code) for code in range(0xAC00, 0xD7A4))

_PIECE: Final = re.compile(
    "(?P<initial>[\u1100-\u1112])(?:(?P<vowel>[\u1161-\u1175])(?P<final>[\u11a8-\u11c2])?)?"
    "|(?P<stray>[\u1161-\u1175\u11a8-\u11c2])|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Composed:
    """Text composed of jamo.

    `closed` does not change when more jamo follow; `open` may still gain a final consonant. `dangling` is
    an initial consonant at the end that still lacks its vowel, as a compatibility jamo (ㅎ).
    """

    closed: str
    open: str = ""
    dangling: str = ""

    @property
    def text(self) -> str:
        """Complete syllables only."""
        return self.closed + self.open


def has_hangul(text: str) -> bool:
    """Whether the text contains Hangul syllables or jamo."""
    return any(unicodedata.name(character, "").startswith("HANGUL") for character in text)


def decompose(text: str) -> str:
    """Conjoining jamo of every Hangul syllable; other characters are unchanged."""
    return str(h2j(unicodedata.normalize("NFC", text)))


def compose(jamo: str) -> Composed:
    """Compose initial + vowel (+ final) into syllables; jamo that form no syllable are dropped."""
    closed, open_syllable, dangling = "", "", ""
    for piece in _PIECE.finditer(jamo):
        closed, open_syllable, dangling = closed + open_syllable, "", ""
        if piece["other"]:
            closed += piece["other"]
        elif piece["final"]:
            closed += _syllable(piece["initial"], piece["vowel"], piece["final"])
        elif piece["vowel"]:
            open_syllable = _syllable(piece["initial"], piece["vowel"])
        elif piece["initial"]:
            dangling = str(j2hcj(piece["initial"]))
    return Composed(closed, open_syllable, dangling)


@cache
def _syllable(initial: str, vowel: str, final: str | None = None) -> str:
    return str(j2h(initial, vowel, final) if final else j2h(initial, vowel))
