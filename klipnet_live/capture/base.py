"""What the adapters share: frames on one clock, and a steady pace."""

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
"""Screens and windows are looked at this often, at most."""

STALL_S = 3.0
"""A live source without a picture for this long has stalled."""

START_S = 10.0
"""Time for a device to open and to show its first picture: cameras wake up slowly."""


Pace = Literal["realtime", "fast"]
"""Whether a file is played at its own speed or read as fast as it can be."""


class Source(Protocol):
    """Where frames come from. `frames` can be called again after it ended or failed."""

    name: str
    live: bool
    clock_of_first_frame: float
    """time.monotonic() seconds at which `Frame.time_s` is 0; NaN before the first frame."""

    def frames(self) -> Iterator[Frame]:
        """Frames until the source ends; closing the generator frees the device.

        `Frame.index` counts what the source delivered: a gap is a frame that nobody took in time.
        Errors: UserError when the source cannot be opened, vanishes or stalls.
        """
        ...

    def stop(self) -> None:
        """Ends `frames` soon, from any thread. A stopped source stays stopped."""
        ...


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the desktop: left, top, width and height in the desktop's pixels."""

    left: int
    top: int
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.left},{self.top},{self.width},{self.height}"


@dataclass(frozen=True, slots=True)
class Shot:
    """An RGB picture and the time.monotonic() seconds at which it was taken."""

    clock_s: float
    image: Image


class BaseSource:
    """Numbers the frames of a source and counts their seconds from the first."""

    live = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.clock_of_first_frame = math.nan
        self._stopped = Event()

    def stop(self) -> None:
        """Ends `frames` soon, from any thread. A stopped source stays stopped."""
        self._stopped.set()

    def _reset_clock(self) -> None:
        self.clock_of_first_frame = math.nan

    def _frame(self, index: int, shot: Shot) -> Frame:
        if math.isnan(self.clock_of_first_frame):
            self.clock_of_first_frame = shot.clock_s
        return Frame(index, shot.clock_s - self.clock_of_first_frame, shot.image)


Grab = Callable[[], Shot | None]
"""Takes the next picture; None when the source was stopped while it waited."""


class PacedSource(BaseSource, ABC):
    """A live source that is asked for its pictures, at most `LIVE_FPS` times a second."""

    def frames(self) -> Iterator[Frame]:
        """Errors: UserError when the source cannot be opened, vanishes or stalls."""
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
    """Ticks at a steady rate until `stopped`; ticks that nobody was there for are left out."""
    period_s = 1.0 / rate_hz
    due_s = time.monotonic()
    while not stopped.wait(max(0.0, due_s - time.monotonic())):
        yield
        due_s = max(due_s + period_s, time.monotonic())
