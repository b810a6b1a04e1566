"""Opens a source by its name on the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from klipnet_live.types import Frame, UserError

Pace = Literal["realtime", "fast"]


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


def open_source(spec: str, *, pace: Pace = "realtime") -> Source:
    """The source that `spec` names; its device is opened when its frames are asked for.

    `spec`: camera:N, camera:NAME, screen, screen:N, screen:X,Y,W,H, window:TITLE or a video file.
    `pace`: whether a file is played at its own speed or read as fast as it can be.
    Errors: UserError when the name means nothing or the file does not exist.
    """
    kind, _, rest = spec.partition(":")
    if kind == "camera":
        return _camera(rest)
    if kind == "screen":
        return _screen(rest)
    if kind == "window":
        return _window(rest)
    return _file(spec, pace)


def parse_screen(text: str) -> int | Region:
    """What follows `screen:`: a monitor's number (0 for none named: the first) or a region."""
    try:
        numbers = [int(part) for part in text.split(",")] if text else [0]
    except ValueError:
        numbers = []
    if len(numbers) == 1 and (numbers[0] > 0 or not text):
        return numbers[0]
    if len(numbers) == 4 and min(numbers[2:]) > 0:
        return Region(*numbers)
    raise UserError(
        "screen:{text} names no part of the screen: write screen, screen:N for the Nth monitor, "
        "or screen:X,Y,W,H in pixels.",
        text=text,
    )


def _camera(wanted: str) -> Source:
    from klipnet_live.capture.camera import CameraSource

    if not wanted:
        raise UserError("Which camera? Write camera:N or camera:NAME; `klipnet-live devices` lists them.")
    return CameraSource(wanted)


def _screen(text: str) -> Source:
    from klipnet_live.capture import screen

    area = parse_screen(text)
    if screen.mss_sees_the_screen():
        return screen.ScreenSource(area)
    from klipnet_live.capture.qt_capture import screen_source

    return screen_source(area)


def _window(title: str) -> Source:
    from klipnet_live.capture.qt_capture import window_source

    if not title:
        raise UserError("Which window? Write window:TITLE; `klipnet-live devices` lists them.")
    return window_source(title)


def _file(spec: str, pace: Pace) -> Source:
    # Of these two, pathlib's own raise for a name that means nothing here.
    path = Path(os.path.expanduser(spec))
    if not os.path.isfile(path):
        raise UserError(
            "{spec} is neither a video file nor a source: write the path of a file, camera:N, screen, "
            "screen:X,Y,W,H or window:TITLE.",
            spec=spec,
        )
    from klipnet_live.capture.video_file import VideoFile

    return VideoFile(path, pace)
