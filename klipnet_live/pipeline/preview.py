"""The newest picture and its faces, for whoever wants to show them."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.latest import Latest
from klipnet_live.types import Frame, TrackedFace


@dataclass(frozen=True, slots=True)
class Preview:
    """The newest frame, and the faces as last seen."""

    frame: Frame
    faces: tuple[TrackedFace, ...]


class Previews:
    """The window's slot, which gets fewer frames under load, and others that get every one."""

    def __init__(self) -> None:
        self.window = Latest[Preview]()
        self._others: list[Latest[Preview]] = []

    def add(self) -> Latest[Preview]:
        """Another slot."""
        self._others.append(Latest[Preview]())
        return self._others[-1]

    def show(self, preview: Preview, window_every: int) -> None:
        """Hand out a frame; the window gets one in `window_every`."""
        for slot in self._others:
            slot.put(preview)
        if preview.frame.index % window_every == 0:
            self.window.put(preview)
