"""Who looks on while a run trains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ClipReading:
    """What was said in a clip, and what each head read there."""

    truth: str
    read: Mapping[str, str]


class Watcher(Protocol):
    """Told what happens, in this order; `done` steps of an epoch were made before a resume."""

    def epoch_begins(self, epoch: int, epochs: int, steps: int, done: int) -> None: ...

    def step(self, loss: float, cer: float) -> None: ...

    def epoch_ends(self, record: Mapping[str, float], readings: Sequence[ClipReading]) -> None: ...


class Unwatched:
    """Nobody looks on."""

    def epoch_begins(self, epoch: int, epochs: int, steps: int, done: int) -> None:
        pass

    def step(self, loss: float, cer: float) -> None:
        pass

    def epoch_ends(self, record: Mapping[str, float], readings: Sequence[ClipReading]) -> None:
        pass
