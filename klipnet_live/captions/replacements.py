"""Replacing or hiding words by a user's list, the same in every output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from klipnet_live.types import CaptionEvent, UserError, Word

HIDDEN = "***"
"""Replaces a hidden word, so that the viewer sees that something was said."""

_COMMENT, _EQUALS = "#", "="


@dataclass(frozen=True, slots=True)
class _Unit:
    """`count` recognised words, and the words to show for them."""

    count: int
    words: tuple[str, ...]


class Replacements:
    """Replaces words in caption events. Committed text still only grows.

    `entries`: maps words in lower case to their replacements. Only whole words match, in any case; the
    particles after a Korean word are kept.
    """

    def __init__(self, entries: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        self._entries = dict(entries)
        self._longest = max(map(len, entries), default=0)
        self._beginnings = {key[:n] for key in entries for n in range(1, len(key))}

    def __call__(self, event: CaptionEvent) -> CaptionEvent:
        """The event with replacements applied."""
        committed, tentative = event.committed.split(), event.tentative.split()
        if tentative and committed and not (event.committed[-1] + event.tentative[0]).count(" "):
            # The last word is not complete yet.
            tentative = [committed.pop() + tentative[0], *tentative[1:]]
        words = [*committed, *tentative]
        settled = self._stable_count(words, len(committed), whole=event.event == "completed")
        before, after = self._text(words[:settled]), self._text(words[settled:])
        return replace(
            event,
            committed=before,
            tentative=f" {after}" if before and after else after,
            words=self._replace_words(event.words),
            hypothesis=self._text(event.hypothesis.split()),
        )

    def _stable_count(self, words: Sequence[str], committed: int, *, whole: bool) -> int:
        """Number of committed words that can no longer become part of a longer entry."""
        place = 0
        for unit in self._units(words):
            waits = not whole and _key(words[place:committed]) in self._beginnings
            if waits or place + unit.count > committed:
                return place
            place += unit.count
        return place

    def _units(self, words: Sequence[str]) -> list[_Unit]:
        units, place = [], 0
        while place < len(words):
            units.append(self._unit(words, place))
            place += units[-1].count
        return units

    def _unit(self, words: Sequence[str], place: int) -> _Unit:
        for count in range(min(self._longest, len(words) - place), 0, -1):
            written = self._entries.get(_key(words[place : place + count]))
            if written is not None:
                return _Unit(count, written)
        word = words[place]
        for end in range(len(word) - 1, 0, -1):
            written = self._entries.get((word[:end],)) if _is_hangul(word[end - 1]) else None
            if written is not None and all(map(_is_hangul, word[end:])):
                return _Unit(1, (*written[:-1], written[-1] + word[end:]) if written else ())
        return _Unit(1, (word,))

    def _text(self, words: Sequence[str]) -> str:
        return " ".join(word for unit in self._units(words) for word in unit.words)

    def _replace_words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        shown: list[Word] = []
        place = 0
        for unit in self._units([word.text for word in words]):
            matched = words[place : place + unit.count]
            place += unit.count
            if unit.words == tuple(word.text for word in matched):
                shown += matched
            elif unit.words:
                sure = min(word.confidence for word in matched)
                text = " ".join(unit.words)
                shown.append(replace(matched[0], text=text, end_s=matched[-1].end_s, confidence=sure))
        return tuple(shown)


def load_replacements(path: Path) -> Callable[[CaptionEvent], CaptionEvent]:
    """Load a word list with one entry per line: `word` hides the word, `word = other` replaces it.

    An empty right-hand side removes the word; lines that begin with # are comments. UserError if the file
    cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UserError(
            "Cannot read the word list {path} ({reason}). Check its name.",
            path=path,
            reason=error.strerror or error,
        ) from error
    except UnicodeDecodeError as error:
        raise UserError("The word list {path} is not UTF-8 text. Save it as UTF-8.", path=path) from error
    entries: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in lines:
        original, equals, written = line.partition(_EQUALS)
        if original.strip() and not line.lstrip().startswith(_COMMENT):
            entries[_key(original.split())] = tuple(written.split()) if equals else (HIDDEN,)
    return Replacements(entries)


def _key(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"
