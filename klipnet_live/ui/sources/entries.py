"""The entries of the source picker, grouped and with display names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from klipnet_live.capture import Device
from klipnet_live.ui.sources.catalogue import Catalogue, demo_videos
from klipnet_live.ui.text.language import LANGUAGES

REGION = "pick:region"
"""Placeholder source: the user draws a region of the screen."""

VIDEO = "pick:video"
"""Placeholder source: the user chooses a video file."""

_NUMBERED = re.compile(r"Monitor (\d+), (\d+)x(\d+)")


translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the source, its display name and its icon name."""

    source: str
    name: str
    icon: str

    @property
    def has_thumbnail(self) -> bool:
        """Whether a picture of it may be taken without asking the user."""
        return self.icon in ("window", "screen")


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a heading."""

    title: str
    entries: tuple[Entry, ...]


def camera_group(catalogue: Catalogue) -> Group:
    return Group(translate("SourceEntries", "Cameras"), tuple(_entries(catalogue.cameras, "camera")))


def window_group(catalogue: Catalogue) -> Group:
    return Group(translate("SourceEntries", "Windows"), tuple(_entries(catalogue.windows, "window")))


def screen_group(catalogue: Catalogue) -> Group:
    """List the monitors and, last, the region entry. A single monitor is called the whole screen."""
    screens = [Entry(screen.spec, _screen_name(screen.name), "screen") for screen in catalogue.screens]
    if len(screens) <= 1:
        screens = [Entry("screen", translate("SourceEntries", "Whole screen"), "screen")]
    return Group(
        translate("SourceEntries", "Screens"),
        (*screens, Entry(REGION, translate("SourceEntries", "A region of the screen…"), "region")),
    )


def video_group() -> Group:
    demos = [
        Entry(
            demo, translate("SourceEntries", "Demo ({language})").format(language=LANGUAGES[language]), "demo"
        )
        for demo, language in demo_videos().items()
    ]
    return Group(
        translate("SourceEntries", "Videos"),
        (Entry(VIDEO, translate("SourceEntries", "Open video…"), "video"), *demos),
    )


def _entries(devices: tuple[Device, ...], icon: str) -> Iterator[Entry]:
    seen: set[str] = set()
    for device in devices:
        if device.spec not in seen:
            seen.add(device.spec)
            yield Entry(device.spec, device.name, icon)


def _screen_name(name: str) -> str:
    """Translate the name of a monitor that has only a number."""
    if (match := _NUMBERED.fullmatch(name)) is None:
        return name
    text = translate("SourceEntries", "Screen {number} ({width} × {height})")
    return text.format(number=match[1], width=match[2], height=match[3])
