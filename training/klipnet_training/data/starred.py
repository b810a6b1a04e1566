"""Partial transcripts: a star stands for unknown words at the start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Word = TypeVar("Word")

UNKNOWN = "*"
"""Stands for any number of unknown words; only allowed at the start of a transcript."""


def is_starred(text: str) -> bool:
    """Whether the transcript starts with unknown words."""
    return text.startswith(UNKNOWN)


def known_part(text: str) -> str:
    """The transcript without the star."""
    return text.removeprefix(UNKNOWN).strip()


def scored_part(words: Sequence[Word], truth: str) -> Sequence[Word]:
    """The words of a hypothesis that can be scored: as many of the last ones as the transcript knows."""
    if not is_starred(truth):
        return words
    return words[max(0, len(words) - len(known_part(truth).split())) :]


def comparable(truth: str, read: str) -> tuple[str, str]:
    """The known reference text, and the part of the hypothesis to compare it with."""
    if not is_starred(truth):
        return truth, read
    return " ".join(known_part(truth).split()), " ".join(scored_part(read.split(), truth))
