"""Collects the events of tasks."""

from __future__ import annotations

import queue
from typing import Any

from klipnet_live.batch.messages import Ended, Message


class RecordingListener:
    """A listener that keeps all events."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._last: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._first: queue.SimpleQueue[None] = queue.SimpleQueue()

    def __call__(self, message: Message) -> None:
        self.messages.append(message)
        self._first.put(None)
        if isinstance(message, Ended):
            self._last.put(message)

    def first(self, timeout_s: float = 60) -> None:
        self._first.get(timeout=timeout_s)

    def last(self, timeout_s: float = 170) -> Any:
        """How the task ended."""
        return self._last.get(timeout=timeout_s)
