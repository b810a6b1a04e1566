"""Breaking caption text into lines that can be read at a glance."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MOST_LINES = 2
"""Lines of one caption that are shown at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters that fit in a line, by script."""

    korean: int = 16
    latin: int = 42

    def of(self, text: str) -> int:
        return self.korean if is_korean(text) else self.latin


DEFAULT_LIMITS = Limits()


def is_korean(text: str) -> bool:
    """Whether the text has any Hangul, as syllables or as jamo."""
    return any(unicodedata.name(character, "").startswith("HANGUL") for character in text)


def break_lines(text: str, limit: int) -> list[str]:
    """Lines of at most `limit` characters and of like length, broken at words.

    A word longer than a line is cut. Text is composed (NFC) first, so that a syllable counts once.
    """
    words = _words(unicodedata.normalize("NFC", text), limit)
    lines = _fill(words, limit)
    # The narrowest width with the same number of lines leaves no single short word alone.
    for narrower in range(1, limit):
        if max(map(len, words), default=0) <= narrower:
            balanced = _fill(words, narrower)
            if len(balanced) == len(lines):
                return balanced
    return lines


def pages(text: str, limit: int, most_lines: int = MOST_LINES) -> list[list[str]]:
    """The lines in groups that are shown one after the other."""
    lines = break_lines(text, limit)
    return [lines[first : first + most_lines] for first in range(0, len(lines), most_lines)]


def latest_page(text: str, limit: int, most_lines: int = MOST_LINES) -> list[str]:
    """The last lines of text that is still growing; lines once full do not move."""
    return _fill(_words(unicodedata.normalize("NFC", text), limit), limit)[-most_lines:]


def _words(text: str, limit: int) -> list[str]:
    return [word[first : first + limit] for word in text.split() for first in range(0, len(word), limit)]


def _fill(words: Sequence[str], limit: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= limit:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
