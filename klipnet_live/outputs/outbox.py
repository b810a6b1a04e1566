"""Queue of lines for a slow receiver."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from klipnet_live.captions.lines import CaptionLine, LineCollector, default_name
from klipnet_live.types import CaptionEvent

MAX_WAITING = 10
"""Maximum number of queued lines; older ones are outdated."""


class Outbox:
    """Accepts lines without blocking; `serve` delivers them until `stop`, on a thread of the owner."""

    def __init__(self, deliver: Callable[[CaptionLine], None]) -> None:
        self._deliver = deliver
        self._waiting: queue.Queue[CaptionLine] = queue.Queue(MAX_WAITING)
        self._stopping = threading.Event()

    def __call__(self, line: CaptionLine) -> None:
        """Queue a line; if the queue is full, the oldest line is dropped."""
        while True:
            try:
                return self._waiting.put_nowait(line)
            except queue.Full:
                self._drop_oldest()

    def serve(self) -> None:
        """Deliver lines until stopped."""
        while not self._stopping.is_set():
            try:
                line = self._waiting.get(timeout=0.2)
            except queue.Empty:
                continue
            # Checked again: after the hotkey nothing may be typed, not even a line that has just arrived.
            if not self._stopping.is_set():
                self._deliver(line)

    def stop(self) -> None:
        """Make `serve` return without delivering the queued lines. Thread-safe."""
        self._stopping.set()

    def pause(self, seconds: float) -> bool:
        """Wait during a delivery. False if the outbox is stopped meanwhile."""
        return not self._stopping.wait(seconds)

    def _drop_oldest(self) -> None:
        try:
            self._waiting.get_nowait()
        except queue.Empty:
            # It was delivered in the meantime, which also makes room.
            return


class LineOutput:
    """Sends completed lines to a slow receiver, such as Zoom or the keyboard."""

    def __init__(self, outbox: Outbox, name_of: Callable[[str], str] = default_name) -> None:
        self._collect = LineCollector(outbox, name_of)
        self.run, self.stop = outbox.serve, outbox.stop

    def open(self) -> str:
        return ""

    def __call__(self, event: CaptionEvent) -> None:
        self._collect(event)

    def clear(self) -> None:
        """Nothing to do: completed lines are still delivered."""
