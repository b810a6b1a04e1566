"""The newest frame with its faces, for display."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.latest import Latest
from klipnet_live.types import Frame, TrackedFace


@dataclass(frozen=True, slots=True)
class Preview:
    """The newest frame, and the faces as last tracked."""

    frame: Frame
    faces: tuple[TrackedFace, ...]


class Previews:
    """Slots for viewers: the window's gets fewer frames under load, the others get all."""

    def __init__(self) -> None:
        self.window = Latest[Preview]()
        self._others: list[Latest[Preview]] = []

    def add(self) -> Latest[Preview]:
        """Add a slot that gets every frame."""
        self._others.append(Latest[Preview]())
        return self._others[-1]

    def show(self, preview: Preview, window_every: int) -> None:
        """Publish a frame; the window's slot gets one in `window_every`."""
        for slot in self._others:
            slot.put(preview)
        if preview.frame.index % window_every == 0:
            self.window.put(preview)
