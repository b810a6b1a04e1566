"""Interface for observers of a training run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class HeadReadings:
    """Transcript of a clip, and the hypothesis of each head."""

    truth: str
    read: Mapping[str, str]


class Watcher(Protocol):
    """Receives progress of a run, in this order. `done`: steps of the epoch made before a resume."""

    def epoch_begins(self, epoch: int, epochs: int, steps: int, done: int) -> None: ...

    def step(self, loss: float, cer: float) -> None: ...

    def epoch_ends(self, record: Mapping[str, float], readings: Sequence[HeadReadings]) -> None: ...


class NullWatcher:
    """Ignores all progress."""

    def epoch_begins(self, epoch: int, epochs: int, steps: int, done: int) -> None:
        pass

    def step(self, loss: float, cer: float) -> None:
        pass

    def epoch_ends(self, record: Mapping[str, float], readings: Sequence[HeadReadings]) -> None:
        pass
