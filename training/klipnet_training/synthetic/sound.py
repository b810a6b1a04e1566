"""A sound of a language, before it has a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sound:
    """`symbol` is what the ground truth calls it; `visemes` are the targets it passes through."""

    symbol: str
    visemes: tuple[str, ...]
