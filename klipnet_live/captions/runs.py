"""The text of a caption in runs of words that look alike: sure, unsure, tentative, or a gap."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from klipnet_live.types import CaptionEvent, Word

RunKind = Literal["sure", "unsure", "tentative", "gap"]

UNSURE_BELOW = 0.75
"""Confidence below which a word is shown as unsure. Far less sure ones are gaps, see `gaps`."""

GAP = "…"
"""Stands for neighbouring words that are not readable."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters that are shown in the same way."""

    text: str
    kind: RunKind = "sure"


def runs_of(
    committed: str, tentative: str, words: Sequence[Word] = (), unsure_below: float = UNSURE_BELOW
) -> tuple[Run, ...]:
    """The committed text with its doubt word by word, then the tentative text.

    Text that no word stands for is sure.
    """
    kinds = _kinds(committed, words, unsure_below)
    kinds += [None if character.isspace() else "tentative" for character in tentative]
    return tuple(
        Run(GAP, "gap") if run.kind == "gap" else run for run in _grouped(committed + tentative, kinds)
    )


def words_of(event: CaptionEvent) -> tuple[Word, ...]:
    """The words of an event. Where nothing is known of them, all are as sure as their line."""
    return event.words or (Word(event.committed.strip(), event.start_s, event.end_s, event.confidence),)


def text_of(runs: Sequence[Run]) -> str:
    """What is shown."""
    return "".join(run.text for run in runs)


def runs_on_lines(runs: Sequence[Run], lines: Sequence[str]) -> list[tuple[Run, ...]]:
    """The runs of each line, `lines` being the last ones into which their text was broken.

    Line breaks took the place of spaces, and lines are composed (NFC).
    """
    kinds = [
        run.kind
        for run in runs
        for character in unicodedata.normalize("NFC", run.text)
        if not character.isspace()
    ]
    result: list[tuple[Run, ...]] = []
    for line in reversed(lines):
        letters = [not character.isspace() for character in line]
        first = len(kinds) - sum(letters)
        own = iter(kinds[first:])
        kinds = kinds[:first]
        result.append(_grouped(line, [next(own) if letter else None for letter in letters]))
    return result[::-1]


def _kinds(text: str, words: Sequence[Word], unsure_below: float) -> list[RunKind | None]:
    """The kind of each character; None where it is a space."""
    kinds: list[RunKind | None] = [None if character.isspace() else "sure" for character in text]
    place = 0
    for word in words:
        begin = text.find(word.text, place)
        if not word.text or begin < 0:
            continue
        place = begin + len(word.text)
        if not word.readable:
            kinds[begin:place] = ["gap"] * len(word.text)
        elif word.confidence < unsure_below:
            kinds[begin:place] = ["unsure"] * len(word.text)
    return kinds


def _grouped(text: str, kinds: Sequence[RunKind | None]) -> tuple[Run, ...]:
    """Runs of equal kinds; a space between two equal ones belongs to them, any other is plain."""
    before: list[RunKind | None] = []
    for kind in kinds:
        before.append(kind or (before[-1] if before else None))
    after: list[RunKind | None] = []
    for kind in reversed(kinds):
        after.append(kind or (after[-1] if after else None))
    shown = [
        (left if left == right else None) or "sure"
        for left, right in zip(before, reversed(after), strict=True)
    ]
    grouped = groupby(zip(shown, text, strict=True), key=lambda pair: pair[0])
    return tuple(Run("".join(character for _, character in pairs), kind) for kind, pairs in grouped)
