"""Small pictures of windows and screens, to tell them apart in a list."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from klipnet_live.capture.devices import Device
from klipnet_live.types import Image

WIDTH, HEIGHT = 192, 120
"""Maximum size of a thumbnail in pixels."""

_LEAST_CONTRAST = 2.0
"""Standard deviation of grey values below which a picture is blank: the window cannot be captured."""


def thumbnails(screens: Sequence[Device], windows: Sequence[Device]) -> Iterator[tuple[str, Image]]:
    """Spec and RGB picture of each screen and window that can be captured without asking the user.

    Slow: it starts a helper process and waits up to half a second for each window. Hidden, minimised and
    blank windows are left out. Wayland allows no such pictures. UserError without a display.
    """
    if not _is_allowed(windows):
        return
    from klipnet_live.capture.qt_capture import window_thumbnails
    from klipnet_live.capture.screen import monitor_picture

    for number in range(1, len(screens) + 1) if len(screens) > 1 else (0,):
        yield (f"screen:{number}" if number else "screen"), monitor_picture(number, WIDTH, HEIGHT)
    specs = {window.name: window.spec for window in windows}
    for title, image in window_thumbnails(tuple(specs), WIDTH, HEIGHT):
        if np.std(image) >= _LEAST_CONTRAST:
            yield specs[title], image


def _is_allowed(windows: Sequence[Device]) -> bool:
    if sys.platform == "darwin":
        # Without the permission to record the screen, macOS hides the titles and would ask for it.
        return bool(windows)
    return sys.platform != "linux" or not os.environ.get("WAYLAND_DISPLAY")
