"""A speech sound without timing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeechSound:
    """`symbol`: name in the ground truth; `visemes`: names of its articulation targets in order."""

    symbol: str
    visemes: tuple[str, ...]
