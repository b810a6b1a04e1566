"""Sentences that a grammar allows, as a tree of words, sequences, choices and repetitions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or more words that follow each other, and the line of the file that holds them."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """All of `items`, in order; none of them is the empty sentence."""

    items: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `items`; with none, nothing can be said."""

    items: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """`item` once or more."""

    item: Expression


Expression = Phrase | Sequence | Choice | Repeat

NOTHING = Sequence()
"""The sentence without a word."""
