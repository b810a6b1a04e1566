"""Connections of clients that hold back: they are ended, so that nobody can occupy the server for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

EVENTS_PATH = "/events"
"""A video that is paused in a player is not read for long, and may be; only events are read at once."""

HEADERS, EVENTS = "headers", "events"


class Connection(H11Protocol):
    """uvicorn's own connection, with bounds on what it waits for.

    `headers_s`: from the opening of the connection, or the first byte of a later request, to the end of the
    headers. `unread_s`: how long events may wait to be read.
    """

    headers_s: ClassVar[float] = 15.0
    unread_s: ClassVar[float] = 60.0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._make_room()
        self._end_after(HEADERS, self.headers_s, transport.close)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._end_after(HEADERS, self.headers_s, self.transport.close)
        else:
            self._keep(HEADERS)

    def pause_writing(self) -> None:
        """More waits to be sent than the client reads."""
        super().pause_writing()
        if self.scope is not None and self.scope["path"].endswith(EVENTS_PATH):
            self._end_after(EVENTS, self.unread_s, self.transport.abort)

    def resume_writing(self) -> None:
        self._keep(EVENTS)
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        for name in tuple(self._timers):
            self._keep(name)
        super().connection_lost(exc)

    def _make_room(self) -> None:
        """Where all connections are taken, the one goes that has waited for its headers for longest."""
        if self.limit_concurrency is None or len(self.connections) < self.limit_concurrency:
            return
        waiting = [
            other for other in self.connections if isinstance(other, Connection) and HEADERS in other._timers
        ]
        if waiting:
            longest = min(waiting, key=lambda other: other._timers[HEADERS].when())
            longest._keep(HEADERS)
            self.connections.discard(longest)
            longest.transport.abort()

    def _end_after(self, name: str, seconds: float, end: Callable[[], None]) -> None:
        """Another byte does not set the clock back."""
        if name not in self._timers:
            self._timers[name] = self.loop.call_later(seconds, end)

    def _keep(self, name: str) -> None:
        if name in self._timers:
            self._timers.pop(name).cancel()
