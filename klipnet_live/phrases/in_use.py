"""Which profiles are read, and what was seen of the last phrases: shared by the window and the pipeline."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from klipnet_live.types import CaptionEvent, FloatArray, GreyImage


@dataclass(frozen=True, slots=True)
class ReadTake:
    """What was seen while a line was read: crops (50, 100), and features (time, blocks * width).

    Speaker and beginning tell the line; its number is another one where sound is heard too.
    """

    speaker: str
    start_s: float
    crops: tuple[GreyImage, ...]
    features: FloatArray


class TakeMemory:
    """The last takes; one thread adds, another looks. A new session forgets them."""

    def __init__(self, most: int = 20) -> None:
        self._takes: deque[ReadTake] = deque(maxlen=most)

    def add(self, take: ReadTake) -> None:
        self._takes.append(take)

    def of_line(self, event: CaptionEvent) -> ReadTake | None:
        """What was seen of a line that was read as a phrase."""
        wanted = event.speaker, event.start_s
        return next((take for take in tuple(self._takes) if (take.speaker, take.start_s) == wanted), None)

    def forget(self) -> None:
        self._takes.clear()


@dataclass(slots=True)
class ProfilesInUse:
    """`profiles`: names or folders; `NAME@SPEAKER` reads this speaker alone. A new pipeline looks at it."""

    profiles: tuple[str, ...] = ()
    memory: TakeMemory = field(default_factory=TakeMemory)
