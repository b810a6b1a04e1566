"""`klipnet-live devices`: lists the video and sound sources of this computer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from klipnet_live.plain_text import say
from klipnet_live.types import UserError

if TYPE_CHECKING:
    from klipnet_live.capture.devices import Device
    from klipnet_live.sound.source import SoundDevice


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("devices", help="list cameras, screens, windows, and what can be heard").set_defaults(
        run=run
    )


def run(options: argparse.Namespace) -> int:
    """Print each kind of device under a heading, one per line."""
    from klipnet_live.capture.devices import list_cameras, list_screens, list_windows
    from klipnet_live.sound.source import list_applications, list_microphones, list_outputs

    listings = (
        ("Cameras", list_cameras),
        ("Screens", list_screens),
        ("Windows", list_windows),
        ("Microphones (--sound)", list_microphones),
        ("What this computer plays (--sound)", list_outputs),
        ("What one application plays now (--sound)", list_applications),
    )
    for title, listing in listings:
        say(f"{title}:")
        for line in _lines(listing):
            say(f"  {line}")
    return 0


def _lines(listing: Callable[[], Sequence[Device | SoundDevice]]) -> list[str]:
    try:
        return [f"{device.spec:24} {device.name}" for device in listing()] or ["none found"]
    except UserError as error:
        return [str(error)]
