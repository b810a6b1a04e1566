"""Captures the screen or a region with mss. The only module that imports mss."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import cv2
import mss
import numpy as np

from klipnet_live.capture.base import Grab, PacedSource, Region, Shot
from klipnet_live.capture.shrinking import shrunk
from klipnet_live.types import Image, UserError, translatable


def mss_sees_the_screen() -> bool:
    """False on Wayland, where only a desktop service can capture the screen."""
    return sys.platform != "linux" or not os.environ.get("WAYLAND_DISPLAY")


def monitors() -> list[tuple[str, Region]]:
    """Name and region of every monitor. UserError without a display."""
    with _connected() as display:
        return [
            (_name(number, monitor), _region(monitor))
            for number, monitor in enumerate(display.monitors[1:], start=1)
        ]


def monitor_picture(number: int, width: int, height: int) -> Image:
    """A picture of a monitor (0: the primary one), reduced to fit into `width` x `height` pixels.

    UserError without a display.
    """
    with _connected() as display:
        image = _grab(display, _box(number, display)).image
    return shrunk(image, width, height)


class ScreenSource(PacedSource):
    """A monitor by number (0: the primary one) or a region of the desktop."""

    def __init__(self, area: int | Region) -> None:
        super().__init__(f"screen:{area}" if area else "screen")
        self._area = area

    @contextmanager
    def _opened(self) -> Iterator[Grab]:
        with _connected() as display:
            box = _box(self._area, display)
            yield lambda: _grab(display, box)


@contextmanager
def _connected() -> Iterator[mss.MSS]:
    try:
        display = mss.MSS()
        display.monitors  # noqa: B018  (fails now if there is no display)
    except (mss.ScreenShotError, OSError) as error:
        raise UserError(
            "There is no screen to capture ({reason}). Start the program on a desktop, or choose a camera "
            "or a file.",
            reason=error,
        ) from error
    try:
        yield display
    finally:
        # Closing fails if the display has disappeared.
        with suppress(mss.ScreenShotError):
            display.close()


def _grab(display: mss.MSS, box: dict[str, int]) -> Shot:
    clock_s = time.monotonic()
    try:
        shot = display.grab(box)
    except (mss.ScreenShotError, OSError, AssertionError) as error:
        # If the display has disappeared, mss fails with an AssertionError without a message.
        raise UserError(
            "The screen can no longer be captured ({reason}). Choose it again.",
            reason=str(error) or translatable("its display is gone"),
        ) from error
    return Shot(clock_s, np.asarray(cv2.cvtColor(np.asarray(shot), cv2.COLOR_BGRA2RGB), dtype=np.uint8))


def _box(area: int | Region, display: mss.MSS) -> dict[str, int]:
    """The rectangle in the format of mss. UserError if it is outside the screen."""
    desktop, *screens = display.monitors
    if isinstance(area, Region):
        if not _contains(_region(desktop), area):
            raise UserError(
                "The region {region} is outside the screen ({screen} as X,Y,W,H). Choose one inside it.",
                region=area,
                screen=_region(desktop),
            )
        return {"left": area.left, "top": area.top, "width": area.width, "height": area.height}
    if area > len(screens):
        raise UserError(
            "There is no monitor {number}, only {count}. `klipnet-live devices` lists them.",
            number=area,
            count=len(screens),
        )
    return screens[area - 1] if area else display.primary_monitor


def _contains(outer: Region, inner: Region) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and inner.left + inner.width <= outer.left + outer.width
        and inner.top + inner.height <= outer.top + outer.height
    )


def _region(monitor: dict[str, int]) -> Region:
    return Region(monitor["left"], monitor["top"], monitor["width"], monitor["height"])


def _name(number: int, monitor: dict[str, int]) -> str:
    return f"{monitor.get('name') or f'Monitor {number}'}, {monitor['width']}x{monitor['height']}"
