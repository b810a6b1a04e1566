"""Lines on their way to something slow."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from klipnet_live.captions.lines import CaptionLine, LineCollector, default_name
from klipnet_live.types import CaptionEvent

MOST_WAITING = 10
"""Lines that wait; older ones are of no use any more."""


class Outbox:
    """Takes lines without ever waiting; `serve` delivers them until `stop`, in a thread of its owner."""

    def __init__(self, deliver: Callable[[CaptionLine], None]) -> None:
        self._deliver = deliver
        self._waiting: queue.Queue[CaptionLine] = queue.Queue(MOST_WAITING)
        self._stopping = threading.Event()

    def __call__(self, line: CaptionLine) -> None:
        """The oldest line gives way where too many wait."""
        while True:
            try:
                return self._waiting.put_nowait(line)
            except queue.Full:
                self._drop_oldest()

    def serve(self) -> None:
        """Deliver until stopped."""
        while not self._stopping.is_set():
            try:
                line = self._waiting.get(timeout=0.2)
            except queue.Empty:
                continue
            # Asked again: what came meanwhile must not be typed into another window after the hotkey.
            if not self._stopping.is_set():
                self._deliver(line)

    def stop(self) -> None:
        """Let `serve` return, without delivering what waits; from any thread."""
        self._stopping.set()

    def pause(self, seconds: float) -> bool:
        """Wait within a delivery. False where it is to stop."""
        return not self._stopping.wait(seconds)

    def _drop_oldest(self) -> None:
        try:
            self._waiting.get_nowait()
        except queue.Empty:
            # It was delivered meanwhile, which makes room as well.
            return


class LineOutput:
    """Completed lines to something slow, such as Zoom or the keyboard."""

    def __init__(self, outbox: Outbox, name_of: Callable[[str], str] = default_name) -> None:
        self._collect = LineCollector(outbox, name_of)
        self.run, self.stop = outbox.serve, outbox.stop

    def open(self) -> str:
        return ""

    def __call__(self, event: CaptionEvent) -> None:
        self._collect(event)

    def clear(self) -> None:
        """What was said is still delivered."""
