"""Closes connections of slow clients, so that nobody can occupy the server indefinitely."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

EVENTS_PATH = "/events"
"""Only events must be read promptly; a paused player may leave a video unread for a long time."""

HEADERS, EVENTS = "headers", "events"


class Connection(H11Protocol):
    """uvicorn's connection with time limits.

    `headers_s`: from the start of the connection, or the first byte of a later request, to the end of the
    headers. `unread_s`: how long events may remain unread.
    """

    headers_s: ClassVar[float] = 15.0
    unread_s: ClassVar[float] = 60.0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._make_room()
        self._start_timer(HEADERS, self.headers_s, transport.close)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._start_timer(HEADERS, self.headers_s, self.transport.close)
        else:
            self._stop_timer(HEADERS)

    def pause_writing(self) -> None:
        """The send buffer is full: the client does not read."""
        super().pause_writing()
        if self.scope is not None and self.scope["path"].endswith(EVENTS_PATH):
            self._start_timer(EVENTS, self.unread_s, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop_timer(EVENTS)
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        for name in tuple(self._timers):
            self._stop_timer(name)
        super().connection_lost(exc)

    def _make_room(self) -> None:
        """At the connection limit, close the connection that has waited longest for its headers."""
        if self.limit_concurrency is None or len(self.connections) < self.limit_concurrency:
            return
        waiting = [
            other for other in self.connections if isinstance(other, Connection) and HEADERS in other._timers
        ]
        if waiting:
            longest = min(waiting, key=lambda other: other._timers[HEADERS].when())
            longest._stop_timer(HEADERS)
            self.connections.discard(longest)
            longest.transport.abort()

    def _start_timer(self, name: str, seconds: float, end: Callable[[], None]) -> None:
        """Start a timer unless it is running: further bytes do not extend it."""
        if name not in self._timers:
            self._timers[name] = self.loop.call_later(seconds, end)

    def _stop_timer(self, name: str) -> None:
        if name in self._timers:
            self._timers.pop(name).cancel()
