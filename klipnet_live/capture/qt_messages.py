"""What the process that captures with Qt and the one that asks it say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klipnet_live.capture.base import Region

NEXT = "next"
"""Asks for a picture. The answer is a `Picture` and then its RGB bytes, or a `Failure`."""

NO_PICTURE = "no picture comes"
"""Why a target that is still there fails."""


@dataclass(frozen=True, slots=True)
class WindowTarget:
    """The first window with this title, else the first whose title contains it."""

    title: str


@dataclass(frozen=True, slots=True)
class ScreenTarget:
    """A monitor by its number (0: the primary one) or a region of the desktop."""

    area: int | Region


@dataclass(frozen=True, slots=True)
class Listing:
    """Asks for names only: the answer to this target is one list of them."""

    of: Literal["windows", "screens"]


Target = WindowTarget | ScreenTarget | Listing


@dataclass(frozen=True, slots=True)
class Picture:
    """Announces width * height * 3 bytes of RGB, taken at `clock_s` of time.monotonic()."""

    width: int
    height: int
    clock_s: float


@dataclass(frozen=True, slots=True)
class Failure:
    reason: str
