"""Data for the fusion of lips and sound, in addition to captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from klipnet_live.types import FloatArray


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A finished line as decoded by the final head. Times are on the source's clock.

    `log_probs`: (time, symbols). `texts`: most probable first. `confidence`: of the first one, 0 if the line
    is not readable.
    """

    speaker: str
    start_s: float
    end_s: float
    log_probs: FloatArray
    texts: tuple[str, ...]
    confidence: float


class ReadingListener(Protocol):
    """Called on the reader's thread."""

    def spoke(self, speaker: str, times_s: Sequence[float], probabilities: Sequence[float]) -> None:
        """Probability of speech in each of these frames of a moving mouth."""

    def read(self, line: ReadLine) -> None:
        """A line has ended; its completed event follows."""
