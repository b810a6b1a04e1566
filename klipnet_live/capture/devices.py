"""Lists the video sources of this computer, with the names that `open_source` accepts.

Listing opens devices or starts a helper process: do not call it on the GUI thread.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """`spec`: argument for `open_source`; `name`: for display."""

    spec: str
    name: str


def list_cameras() -> list[Device]:
    from klipnet_live.capture.camera import enumerate_cameras

    return [Device(f"camera:{camera.index}", camera.name) for camera in enumerate_cameras()]


def list_screens() -> list[Device]:
    """The monitors. UserError without a display."""
    from klipnet_live.capture import screen

    if screen.mss_sees_the_screen():
        found = [name for name, _ in screen.monitors()]
    else:
        from klipnet_live.capture.qt_capture import names
        from klipnet_live.capture.qt_messages import TargetListing

        found = names(TargetListing("screens"))
    return [Device(f"screen:{number}", name) for number, name in enumerate(found, start=1)]


def list_windows() -> list[Device]:
    """Open windows by title. UserError without a display."""
    from klipnet_live.capture.qt_capture import names
    from klipnet_live.capture.qt_messages import TargetListing

    return [Device(f"window:{title}", title) for title in names(TargetListing("windows"))]
