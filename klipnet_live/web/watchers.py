"""Notifies followers of a job. They read the state themselves, so a slow one delays nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Watchers:
    """`changed` is thread-safe; everything else runs on the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.ending = False
        self._events: dict[str, set[asyncio.Event]] = defaultdict(set)

    def count(self, job: str | None = None) -> int:
        """Number of followers of a job, or of all jobs."""
        return sum(map(len, self._events.values())) if job is None else len(self._events.get(job, ()))

    @contextmanager
    def watching(self, job: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the job changes."""
        event = asyncio.Event()
        self._events[job].add(event)
        try:
            yield event
        finally:
            self._events[job].discard(event)
            if not self._events[job]:
                del self._events[job]

    def changed(self, job: str) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, job)

    def end(self) -> None:
        """The server shuts down: set `ending` and notify all followers."""
        self.ending = True
        for job in tuple(self._events):
            self.changed(job)

    def _wake(self, job: str) -> None:
        for event in self._events.get(job, ()):
            event.set()
