"""Base classes of video sources: common clock and frame pacing."""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event
from typing import Literal, Protocol

from klipnet_live.types import Frame, Image

LIVE_FPS = 30.0
"""Maximum capture rate of screens and windows."""

STALL_S = 3.0
"""A live source without a new frame for this long has stalled."""

START_S = 10.0
"""Time limit for a device to open and deliver its first frame; cameras start slowly."""


Pace = Literal["realtime", "fast"]
"""Whether a file is played in real time or read as fast as possible."""


class Source(Protocol):
    """A source of frames. `frames` can be called again after it has ended or failed."""

    name: str
    live: bool
    clock_of_first_frame: float
    """time.monotonic() seconds at which `Frame.time_s` is 0; NaN before the first frame."""

    def frames(self) -> Iterator[Frame]:
        """Frames until the source ends; closing the generator releases the device.

        `Frame.index` numbers the frames of the device: a gap means dropped frames. UserError if the source
        cannot be opened, disappears or stalls.
        """
        ...

    def stop(self) -> None:
        """End `frames` soon. Thread-safe. A stopped source stays stopped."""
        ...


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the desktop: left, top, width and height in physical pixels."""

    left: int
    top: int
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.left},{self.top},{self.width},{self.height}"


@dataclass(frozen=True, slots=True)
class Shot:
    """An RGB image and its capture time on the clock of time.monotonic()."""

    clock_s: float
    image: Image


class BaseSource:
    """Numbers the frames of a source and measures time from the first one."""

    live = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.clock_of_first_frame = math.nan
        self._stopped = Event()

    def stop(self) -> None:
        """End `frames` soon. Thread-safe. A stopped source stays stopped."""
        self._stopped.set()

    def _reset_clock(self) -> None:
        self.clock_of_first_frame = math.nan

    def _frame(self, index: int, shot: Shot) -> Frame:
        if math.isnan(self.clock_of_first_frame):
            self.clock_of_first_frame = shot.clock_s
        return Frame(index, shot.clock_s - self.clock_of_first_frame, shot.image)


Grab = Callable[[], Shot | None]
"""Captures the next image; None if the source was stopped while waiting."""


class PacedSource(BaseSource, ABC):
    """A live source that is polled, at most `LIVE_FPS` times per second."""

    def frames(self) -> Iterator[Frame]:
        """Raises UserError if the source cannot be opened, disappears or stalls."""
        self._reset_clock()
        with self._opened() as grab:
            for index, _ in enumerate(ticks(LIVE_FPS, self._stopped)):
                shot = grab()
                if shot is None:
                    return
                yield self._frame(index, shot)

    @abstractmethod
    def _opened(self) -> AbstractContextManager[Grab]: ...


def ticks(rate_hz: float, stopped: Event) -> Iterator[None]:
    """Ticks at a constant rate until `stopped` is set. Missed ticks are skipped."""
    period_s = 1.0 / rate_hz
    due_s = time.monotonic()
    while not stopped.wait(max(0.0, due_s - time.monotonic())):
        yield
        due_s = max(due_s + period_s, time.monotonic())
