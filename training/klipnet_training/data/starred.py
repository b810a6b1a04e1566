"""Transcripts whose first words nobody wrote down: a star stands for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Word = TypeVar("Word")

UNKNOWN = "*"
"""Stands for any number of words, at the start of a transcript only."""


def is_starred(text: str) -> bool:
    """Whether unknown words come first."""
    return text.startswith(UNKNOWN)


def known_part(text: str) -> str:
    """What is known to be said."""
    return text.removeprefix(UNKNOWN).strip()


def judged_part(words: Sequence[Word], truth: str) -> Sequence[Word]:
    """Of the words that were read those that can be right or wrong: as many last ones as are known."""
    if not is_starred(truth):
        return words
    return words[max(0, len(words) - len(known_part(truth).split())) :]


def comparable(truth: str, read: str) -> tuple[str, str]:
    """What is known to be said, and what of a reading can be held against it."""
    if not is_starred(truth):
        return truth, read
    return " ".join(known_part(truth).split()), " ".join(judged_part(read.split(), truth))
