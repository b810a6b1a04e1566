"""A video source without frames, for captions from sound alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event
from typing import Final

from klipnet_live.types import Frame

NO_PICTURE: Final = "none"
"""Its name as a source."""


class NoPicture:
    """Delivers no frames until it is stopped; its clock starts when it is opened."""

    live = True
    name = "no picture"

    def __init__(self) -> None:
        self.clock_of_first_frame = time.monotonic()
        self._stopped = Event()

    def frames(self) -> Iterator[Frame]:
        """No frames; ends when the source is stopped."""
        self._stopped.wait()
        yield from ()

    def stop(self) -> None:
        """End `frames`. Thread-safe."""
        self._stopped.set()
