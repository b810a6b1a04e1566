"""Caption text as runs of the same kind: sure, unsure, tentative, or gap."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from klipnet_live.types import CaptionEvent, Word

RunKind = Literal["sure", "unsure", "tentative", "gap"]

UNSURE_BELOW = 0.75
"""Words with less confidence are marked as unsure; those far below are gaps, see `gaps`."""

GAP = "…"
"""Replaces consecutive words that are not readable."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Consecutive characters of the same kind."""

    text: str
    kind: RunKind = "sure"


def runs_of(
    committed: str, tentative: str, words: Sequence[Word] = (), unsure_below: float = UNSURE_BELOW
) -> tuple[TextRun, ...]:
    """Runs of the committed text, word by word, followed by the tentative text.

    Text without word information is sure.
    """
    kinds = _kinds(committed, words, unsure_below)
    kinds += [None if character.isspace() else "tentative" for character in tentative]
    return tuple(
        TextRun(GAP, "gap") if run.kind == "gap" else run for run in _grouped(committed + tentative, kinds)
    )


def words_of(event: CaptionEvent) -> tuple[Word, ...]:
    """The words of an event; without word information, the line as one word with its confidence."""
    return event.words or (Word(event.committed.strip(), event.start_s, event.end_s, event.confidence),)


def text_of(runs: Sequence[TextRun]) -> str:
    """The plain text of the runs."""
    return "".join(run.text for run in runs)


def runs_on_lines(runs: Sequence[TextRun], lines: Sequence[str]) -> list[tuple[TextRun, ...]]:
    """Split runs into lines. `lines`: the last lines into which the text of the runs was broken.

    Line breaks have replaced spaces, and the lines are composed (NFC).
    """
    kinds = [
        run.kind
        for run in runs
        for character in unicodedata.normalize("NFC", run.text)
        if not character.isspace()
    ]
    result: list[tuple[TextRun, ...]] = []
    for line in reversed(lines):
        letters = [not character.isspace() for character in line]
        first = len(kinds) - sum(letters)
        own = iter(kinds[first:])
        kinds = kinds[:first]
        result.append(_grouped(line, [next(own) if letter else None for letter in letters]))
    return result[::-1]


def _kinds(text: str, words: Sequence[Word], unsure_below: float) -> list[RunKind | None]:
    """The kind of each character; None for white space."""
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


def _grouped(text: str, kinds: Sequence[RunKind | None]) -> tuple[TextRun, ...]:
    """Runs of equal kinds; a space between two equal kinds joins them, any other space is sure."""
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
    return tuple(TextRun("".join(character for _, character in pairs), kind) for kind, pairs in grouped)
