"""Opens a video source by name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from klipnet_live.capture.base import Pace, Region, Source
from klipnet_live.capture.no_picture import NO_PICTURE, NoPicture
from klipnet_live.types import Image, UserError


def open_source(
    spec: str, *, pace: Pace = "realtime", shows_a_face: Callable[[Image], bool] | None = None
) -> Source:
    """The source named `spec`; its device is opened when its frames are requested.

    `spec`: camera:N, camera:NAME, screen, screen:N, screen:X,Y,W,H, window:TITLE, a video file, or none
    (sound only). `pace`: whether a file is played in real time or read as fast as possible. `shows_a_face`:
    selects among several video tracks of a file. UserError if the name is invalid or the file does not exist.
    """
    kind, _, rest = spec.partition(":")
    if kind == "camera":
        return _camera(rest)
    if kind == "screen":
        return _screen(rest)
    if kind == "window":
        return _window(rest)
    if spec == NO_PICTURE:
        return NoPicture()
    return _file(spec, pace, shows_a_face)


def parse_screen(text: str) -> int | Region:
    """The part after `screen:`: a monitor number (0 if empty, for the primary one) or a region."""
    try:
        numbers = [int(part) for part in text.split(",")] if text else [0]
    except ValueError:
        numbers = []
    if len(numbers) == 1 and (numbers[0] > 0 or not text):
        return numbers[0]
    if len(numbers) == 4 and min(numbers[2:]) > 0:
        return Region(*numbers)
    raise UserError(
        "Invalid screen source screen:{text}. Write screen, screen:N for monitor N, "
        "or screen:X,Y,W,H in pixels.",
        text=text,
    )


def _camera(name: str) -> Source:
    from klipnet_live.capture.camera import CameraSource

    if not name:
        raise UserError("Which camera? Write camera:N or camera:NAME. `klipnet-live devices` lists them.")
    return CameraSource(name)


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
        raise UserError("Which window? Write window:TITLE. `klipnet-live devices` lists them.")
    return window_source(title)


def _file(spec: str, pace: Pace, shows_a_face: Callable[[Image], bool] | None) -> Source:
    # Not Path.expanduser and Path.is_file: they raise exceptions for some invalid names.
    path = Path(os.path.expanduser(spec))
    if not os.path.isfile(path):
        raise UserError(
            "{spec} is neither a video file nor a source. Write the path of a file, camera:N, screen, "
            "screen:X,Y,W,H or window:TITLE.",
            spec=spec,
        )
    from klipnet_live.capture.video_file import VideoFile

    return VideoFile(path, pace, shows_a_face)
