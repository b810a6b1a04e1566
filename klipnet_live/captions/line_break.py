"""Breaks caption text into lines of readable length."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from klipnet_live.lips.hangul import has_hangul

SYLLABLE_COLUMNS = 2

MAX_LINES = 2
"""Maximum number of lines of one caption on screen at once."""


@dataclass(frozen=True, slots=True)
class LineLimits:
    """Maximum line length by script. `korean`: in syllables; `latin`: in letters."""

    korean: int = 16
    latin: int = 42

    def of(self, text: str) -> int:
        """Maximum columns in a line of this text."""
        return SYLLABLE_COLUMNS * self.korean if has_hangul(text) else self.latin


DEFAULT_LIMITS = LineLimits()


def columns(text: str) -> int:
    """Width of composed text in columns: a Hangul syllable is as wide as two letters."""
    return sum(map(_columns_of, text))


def break_lines(text: str, limit: int, lead: str = "") -> list[str]:
    """Break text at words into balanced lines of at most `limit` columns.

    `lead`, such as a name, precedes the text and is never broken at a space. Words wider than a line are
    cut. Text is composed (NFC) first, so that each syllable counts once. `limit` must fit one syllable.
    """
    words = _words(text, limit, lead)
    lines = _fill_lines(words, limit)
    # The smallest width with the same number of lines avoids a lone short word on the last line.
    for narrower in range(max(map(columns, words), default=limit), limit):
        balanced = _fill_lines(words, narrower)
        if len(balanced) == len(lines):
            return balanced
    return lines


def pages(text: str, limit: int, lead: str = "") -> list[list[str]]:
    """Lines in groups of `MAX_LINES`, which are shown one after the other."""
    lines = break_lines(text, limit, lead)
    return [lines[first : first + MAX_LINES] for first in range(0, len(lines), MAX_LINES)]


def latest_page(text: str, limit: int, lead: str = "") -> list[str]:
    """The last lines of growing text; completed lines never change."""
    return _fill_lines(_words(text, limit, lead), limit)[-MAX_LINES:]


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return SYLLABLE_COLUMNS if unicodedata.east_asian_width(character) in "WF" else 1


def _words(text: str, limit: int, lead: str) -> list[str]:
    composed = (unicodedata.normalize("NFC", part) for part in (lead, *text.split()))
    return [piece for word in composed for piece in _split_long_word(word, limit)]


def _split_long_word(word: str, limit: int) -> Iterator[str]:
    """Pieces of a word, none wider than a line."""
    first, width = 0, 0
    for place, character in enumerate(word):
        width += _columns_of(character)
        if width > limit:
            yield word[first:place]
            first, width = place, _columns_of(character)
    if word:
        yield word[first:]


def _fill_lines(words: Sequence[str], limit: int) -> list[str]:
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
