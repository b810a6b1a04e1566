"""Active profiles and the takes of recent phrases, shared by the window and the pipeline."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from klipnet_live.types import CaptionEvent, FloatArray, GreyImage


@dataclass(frozen=True, slots=True)
class ReadTake:
    """Mouth crops (50, 100) and features (time, blocks * width) of a line that was read.

    Speaker and start time identify the line; its number changes when sound is fused.
    """

    speaker: str
    start_s: float
    crops: tuple[GreyImage, ...]
    features: FloatArray


class TakeMemory:
    """The most recent takes; one thread adds and another reads. Cleared by a new session."""

    def __init__(self, most: int = 20) -> None:
        self._takes: deque[ReadTake] = deque(maxlen=most)

    def add(self, take: ReadTake) -> None:
        self._takes.append(take)

    def of_line(self, event: CaptionEvent) -> ReadTake | None:
        """The take of a line that was read as a phrase."""
        key = event.speaker, event.start_s
        return next((take for take in tuple(self._takes) if (take.speaker, take.start_s) == key), None)

    def forget(self) -> None:
        self._takes.clear()


@dataclass(slots=True)
class ProfilesInUse:
    """`profiles`: names or folders; `NAME@SPEAKER` is for this speaker only. Read when a pipeline starts."""

    profiles: tuple[str, ...] = ()
    memory: TakeMemory = field(default_factory=TakeMemory)
