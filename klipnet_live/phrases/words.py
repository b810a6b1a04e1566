"""The words of a phrase that was recognised as a whole."""

from __future__ import annotations

from dataclasses import replace

from klipnet_live.types import CaptionEvent, Word


def words_of(text: str, start_s: float, end_s: float, confidence: float) -> tuple[Word, ...]:
    """The words of `text`, with the time divided in proportion to their lengths."""
    parts = text.split()
    per_letter = (end_s - start_s) / max(1, sum(map(len, parts)))
    words, at = [], start_s
    for part in parts:
        words.append(Word(part, at, at + per_letter * len(part), confidence))
        at += per_letter * len(part)
    return tuple(words)


def corrected(event: CaptionEvent, text: str) -> CaptionEvent:
    """A completed line after its speaker has selected the phrase that was meant."""
    return replace(
        event,
        committed=text,
        tentative="",
        confidence=1.0,
        words=words_of(text, event.start_s, event.end_s, 1.0),
        readable=True,
        hypothesis="",
        choices=(),
    )
