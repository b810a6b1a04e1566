"""What whoever joins lips with sound is told beside the captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from klipnet_live.types import FloatArray


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line that has ended, as the final head read it. Times on the source's clock.

    `log_probs`: (time, symbols). `texts`: the likeliest, the best one first. `confidence`: of that one,
    0 where the line could not be read.
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
        """How probable speech is in each of these pictures of a mouth that moves."""

    def read(self, line: ReadLine) -> None:
        """A line has ended; its completed event follows."""
