"""Syntax tree of a grammar: phrases, sequences, choices and repetitions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or more consecutive words, and their line number in the grammar file."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """All `items` in order; without items, the empty sentence."""

    items: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `items`; without items, no sentence at all."""

    items: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """`item`, once or more."""

    item: Expression


Expression = Phrase | Sequence | Choice | Repeat

NOTHING = Sequence()
"""The empty sentence."""
