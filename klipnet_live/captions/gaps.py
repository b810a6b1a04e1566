"""Words of low confidence are replaced by gaps; all outputs share this rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from klipnet_live.captions.runs import GAP
from klipnet_live.types import CaptionEvent, Word

MIN_CONFIDENCE: Final = 0.5
"""By default a word is shown if it is more likely right than wrong."""


def with_gaps(event: CaptionEvent, least: float = MIN_CONFIDENCE) -> CaptionEvent:
    """Replace every word whose confidence is below `least` with a gap.

    `hypothesis` keeps the original text. A completed line that consists only of gaps is not readable.
    """
    words = tuple(replace(word, readable=word.readable and word.confidence >= least) for word in event.words)
    tokens = event.text.split()
    if len(tokens) != len(words) or all(word.readable for word in words):
        return event
    committed = len(event.committed.split())
    sure, rest = text_of(words[:committed]), text_of(words[committed:])
    if sure.endswith(GAP) and rest.startswith(GAP):
        rest = rest.removeprefix(GAP).lstrip()
    if not any(word.readable for word in words):
        sure = rest = ""
        words = ()
    tentative = f" {rest}" if sure and rest else rest
    readable = event.readable and (bool(words) or event.event != "completed")
    return replace(
        event, committed=sure, tentative=tentative, words=words, readable=readable, hypothesis=event.text
    )


def text_of(words: Sequence[Word]) -> str:
    """The words with gaps; neighbouring gaps are one."""
    tokens: list[str] = []
    for word in words:
        if word.readable or tokens[-1:] != [GAP]:
            tokens.append(word.text if word.readable else GAP)
    return " ".join(tokens)
