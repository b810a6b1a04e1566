"""Breaking caption text into lines that can be read at a glance."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SYLLABLE_COLUMNS = 2

MOST_LINES = 2
"""Lines of one caption that are shown at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What fits in a line, by script. `korean`: syllables; `latin`: letters."""

    korean: int = 16
    latin: int = 42

    def of(self, text: str) -> int:
        """Columns of a line of this text."""
        return SYLLABLE_COLUMNS * self.korean if is_korean(text) else self.latin


DEFAULT_LIMITS = Limits()


def is_korean(text: str) -> bool:
    """Whether the text has any Hangul, as syllables or as jamo."""
    return any(unicodedata.name(character, "").startswith("HANGUL") for character in text)


def columns(text: str) -> int:
    """How wide composed text is: a Hangul syllable is as wide as two letters."""
    return sum(map(_columns_of, text))


def break_lines(text: str, limit: int, lead: str = "") -> list[str]:
    """Lines of at most `limit` columns and of like width, broken at words.

    `lead`, such as a name, stands before the text and is not broken. A word wider than a line is cut. Text is
    composed (NFC) first, so that a syllable counts once. `limit` has room for a syllable.
    """
    words = _words(text, limit, lead)
    lines = _fill(words, limit)
    # The narrowest width with the same number of lines leaves no single short word alone.
    for narrower in range(max(map(columns, words), default=limit), limit):
        balanced = _fill(words, narrower)
        if len(balanced) == len(lines):
            return balanced
    return lines


def pages(text: str, limit: int, most_lines: int = MOST_LINES, lead: str = "") -> list[list[str]]:
    """The lines in groups that are shown one after the other."""
    lines = break_lines(text, limit, lead)
    return [lines[first : first + most_lines] for first in range(0, len(lines), most_lines)]


def latest_page(text: str, limit: int, most_lines: int = MOST_LINES, lead: str = "") -> list[str]:
    """The last lines of text that is still growing; lines once full do not move."""
    return _fill(_words(text, limit, lead), limit)[-most_lines:]


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return SYLLABLE_COLUMNS if unicodedata.east_asian_width(character) in "WF" else 1


def _words(text: str, limit: int, lead: str) -> list[str]:
    composed = (unicodedata.normalize("NFC", part) for part in (lead, *text.split()))
    return [piece for word in composed for piece in _cut(word, limit)]


def _cut(word: str, limit: int) -> Iterator[str]:
    """Pieces of a word that are each no wider than a line."""
    first, width = 0, 0
    for place, character in enumerate(word):
        width += _columns_of(character)
        if width > limit:
            yield word[first:place]
            first, width = place, _columns_of(character)
    if word:
        yield word[first:]


def _fill(words: Sequence[str], limit: int) -> list[str]:
    lines: list[str] = []
    room = 0
    for word in words:
        width = columns(word)
        if lines and width < room:
            lines[-1] += " " + word
            room -= width + 1
        else:
            lines.append(word)
            room = limit - width
    return lines
