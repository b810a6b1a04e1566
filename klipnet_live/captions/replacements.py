"""Words to replace or to hide, by a list of the user's; the same in every output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from klipnet_live.types import CaptionEvent, UserError, Word

HIDDEN = "***"
"""Stands for a word that is hidden: what was said is not there, that something was said is."""

_COMMENT, _EQUALS = "#", "="


@dataclass(frozen=True, slots=True)
class _Unit:
    """`count` words that were read, and what is written for them."""

    count: int
    words: tuple[str, ...]


class Replacements:
    """Changes the words of caption events. Committed text still only grows.

    `entries`: words, in small letters, and what is written for them. Whole words are replaced, whatever
    their case; of a Hangul word the particles that follow it stay.
    """

    def __init__(self, entries: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        self._entries = dict(entries)
        self._longest = max(map(len, entries), default=0)
        self._beginnings = {key[:n] for key in entries for n in range(1, len(key))}

    def __call__(self, event: CaptionEvent) -> CaptionEvent:
        """The event as it is shown."""
        committed, tentative = event.committed.split(), event.tentative.split()
        if tentative and committed and not (event.committed[-1] + event.tentative[0]).count(" "):
            # The last word is not whole yet.
            tentative = [committed.pop() + tentative[0], *tentative[1:]]
        words = [*committed, *tentative]
        settled = self._settled(words, len(committed), whole=event.event == "completed")
        before, after = self._text(words[:settled]), self._text(words[settled:])
        return replace(
            event,
            committed=before,
            tentative=f" {after}" if before and after else after,
            words=self._of_words(event.words),
            hypothesis=self._text(event.hypothesis.split()),
        )

    def _settled(self, words: Sequence[str], committed: int, *, whole: bool) -> int:
        """How many words are committed and cannot become a part of a longer entry any more."""
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

    def _of_words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        shown: list[Word] = []
        place = 0
        for unit in self._units([word.text for word in words]):
            said = words[place : place + unit.count]
            place += unit.count
            if unit.words == tuple(word.text for word in said):
                shown += said
            elif unit.words:
                sure = min(word.confidence for word in said)
                text = " ".join(unit.words)
                shown.append(replace(said[0], text=text, end_s=said[-1].end_s, confidence=sure))
        return tuple(shown)


def load_replacements(path: Path) -> Callable[[CaptionEvent], CaptionEvent]:
    """A list as people write it, one entry a line: `word` hides it, `word = other` writes the other.

    Nothing after the sign of equality leaves the words out; lines that begin with # are remarks. UserError
    for a file that cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UserError(
            "The list of words {path} cannot be read ({reason}): check its name.",
            path=path,
            reason=error.strerror or error,
        ) from error
    except UnicodeDecodeError as error:
        raise UserError("The list of words {path} is not UTF-8 text: save it as UTF-8.", path=path) from error
    entries: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in lines:
        said, equals, written = line.partition(_EQUALS)
        if said.strip() and not line.lstrip().startswith(_COMMENT):
            entries[_key(said.split())] = tuple(written.split()) if equals else (HIDDEN,)
    return Replacements(entries)


def _key(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"
