"""Messages between the capture helper and the process that uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klipnet_live.capture.base import Region
from klipnet_live.types import Image, translatable

NEXT = "next"
"""Requests an image. The reply is a `Picture` followed by its RGB bytes, or a `CaptureFailure`."""

NO_FRAMES = translatable("no picture comes")
"""Reason for failure when the target exists but sends no frames."""


@dataclass(frozen=True, slots=True)
class WindowTarget:
    """The first window with this title, or else the first whose title contains it."""

    title: str


@dataclass(frozen=True, slots=True)
class ScreenTarget:
    """A monitor by number (0: the primary one) or a region of the desktop."""

    area: int | Region


@dataclass(frozen=True, slots=True)
class TargetListing:
    """Requests a list of names instead of images."""

    kind: Literal["windows", "screens"]


@dataclass(frozen=True, slots=True)
class ThumbnailListing:
    """Requests a `Thumbnail` of at most this size in pixels for each of these windows, and then None."""

    titles: tuple[str, ...]
    width: int
    height: int


Target = WindowTarget | ScreenTarget | TargetListing | ThumbnailListing


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small RGB picture of the window with this title."""

    title: str
    image: Image


@dataclass(frozen=True, slots=True)
class Picture:
    """Announces width * height * 3 bytes of RGB, captured at `clock_s` of time.monotonic()."""

    width: int
    height: int
    clock_s: float


@dataclass(frozen=True, slots=True)
class CaptureFailure:
    reason: str
