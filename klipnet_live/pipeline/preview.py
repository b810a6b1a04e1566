"""The newest picture and its faces, for whoever wants to show them."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.pipeline.mailbox import Slot
from klipnet_live.types import Frame, TrackedFace


@dataclass(frozen=True, slots=True)
class Preview:
    """The newest frame, and the faces as last seen."""

    frame: Frame
    faces: tuple[TrackedFace, ...]


class Previews:
    """The window's slot, which gets fewer frames under load, and others that get every one."""

    def __init__(self) -> None:
        self.window = Slot[Preview]()
        self._others: list[Slot[Preview]] = []

    def add(self) -> Slot[Preview]:
        """Another slot."""
        self._others.append(Slot[Preview]())
        return self._others[-1]

    def show(self, preview: Preview, window_every: int) -> None:
        """Hand out a frame; the window gets one in `window_every`."""
        for slot in self._others:
            slot.put(preview)
        if preview.frame.index % window_every == 0:
            self.window.put(preview)
