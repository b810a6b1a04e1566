"""WebSocket server that sends caption events to other programs on this computer."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.http11 import Request, Response

from klipnet_live.types import CaptionEvent, UserError

HOST = "127.0.0.1"
"""The server is not reachable from other computers."""

MAX_UNSENT_BYTES = 1 << 20
"""A client with more unsent data than this is disconnected."""

MAX_CONNECTIONS = 32
"""Open connections, including those that have not sent the token yet."""

HANDSHAKE_S = 5.0
"""Time limit for sending the token."""


class WebSocketServer:
    """Caption sink that sends each event to every client with the token.

    Clients send the token as `?token=...` or in the header `Authorization: Bearer ...`. `start` binds the
    port (0 for any free one); `serve` runs until `stop`, on a thread of the owner. Web pages of other origins
    are refused even with the token. Connections above the limit are closed at once, so that they cannot use
    up the app's file descriptors.
    """

    def __init__(self, port: int, token: str) -> None:
        if not token:
            raise UserError("The WebSocket needs a token. Enter one, or let the app create one.")
        self.port = port
        self._token = token
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: Server | None = None
        self._stopping = threading.Event()
        self._stopped_in_loop = asyncio.Event()
        self._open: set[ServerConnection] = set()

    @property
    def url(self) -> str:
        return f"ws://{HOST}:{self.port}/?token={self._token}"

    def start(self) -> None:
        """Bind the port. Raises UserError if another program uses it."""
        if not 0 <= self.port <= 65535:
            raise UserError("Invalid port {port}. Choose a port from 1024 to 65535.", port=self.port)
        try:
            self._socket = socket.create_server((HOST, self.port))
        except OSError as problem:
            raise UserError(
                "Cannot use port {port} for captions ({reason}). Choose another one.",
                port=self.port,
                reason=problem.strerror or problem,
            ) from problem
        self.port = self._socket.getsockname()[1]

    def serve(self) -> None:
        """Serve clients until `stop` is called; returns at once if it was called before."""
        asyncio.run(self._serve())

    def __call__(self, event: CaptionEvent) -> None:
        message = json.dumps(event.as_dict(), ensure_ascii=False)
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._send, message)

    def stop(self) -> None:
        """Close all connections and make `serve` return. Thread-safe."""
        with self._lock:
            self._stopping.set()
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._stopped_in_loop.set)
            elif self._socket is not None:
                self._socket.close()

    async def _serve(self) -> None:
        with self._lock:
            if self._stopping.is_set():
                # `stop` may have come before there was a port to give back.
                if self._socket is not None:
                    self._socket.close()
                return
            self._loop = asyncio.get_running_loop()
        try:
            async with serve(
                _hold_open,
                sock=self._socket,
                process_request=self._check,
                create_connection=self._new_connection,  # type: ignore[arg-type]
                compression=None,
                open_timeout=HANDSHAKE_S,
                max_size=1024,
                close_timeout=1,
                logger=_quiet_logger(),
            ) as self._server:
                await self._stopped_in_loop.wait()
        finally:
            with self._lock:
                self._loop = None

    def _check(self, connection: ServerConnection, request: Request) -> Response | None:
        if not all(map(_is_local, request.headers.get_all("Origin"))):
            return connection.respond(HTTPStatus.FORBIDDEN, "Web pages of other origins are not allowed.\n")
        if any(map(self._is_token, _tokens(request))):
            return None
        return connection.respond(HTTPStatus.UNAUTHORIZED, "The token is missing or wrong.\n")

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode("utf-8", "replace"))

    def _new_connection(self, *given: Any, **options: Any) -> ServerConnection:
        return _Counted(self._open, *given, **options)

    def _send(self, message: str) -> None:
        if self._server is None:
            return
        connections = set(self._server.connections)
        for connection in connections:
            if connection.transport.get_write_buffer_size() > MAX_UNSENT_BYTES:
                connection.transport.abort()
        broadcast(connections, message)


class _Counted(ServerConnection):
    """A connection that counts towards the limit; above it, the transport is closed before it is read."""

    def __init__(self, counted: set[ServerConnection], *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._counted = counted

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if len(self._counted) < MAX_CONNECTIONS:
            self._counted.add(self)
        else:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._counted.discard(self)
        super().connection_lost(exc)


def _is_local(origin: str) -> bool:
    """Whether a page is a local file, or is served by a program on this computer."""
    if origin == "null" or origin.startswith("file://"):
        return True
    try:
        return urlsplit(origin).hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        return False


def _tokens(request: Request) -> Iterator[str]:
    """All tokens in a request; some of several headers may be meant for other programs."""
    for header in request.headers.get_all("Authorization"):
        yield header.removeprefix("Bearer ")
    with suppress(ValueError):
        yield from parse_qs(urlsplit(request.path).query, max_num_fields=20).get("token", [])


async def _hold_open(connection: ServerConnection) -> None:
    """Messages from clients are ignored."""
    async for _ in connection:
        pass


def _quiet_logger() -> logging.Logger:
    # Otherwise every port scan would be printed to the terminal.
    logger = logging.getLogger("klipnet_live.websocket")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


class WebSocketOutput:
    """Sends every caption event to the clients of a local WebSocket."""

    def __init__(self, server: WebSocketServer) -> None:
        self._server = server
        self.run, self.stop = server.serve, server.stop

    def open(self) -> str:
        self._server.start()
        return self._server.url

    def __call__(self, event: CaptionEvent) -> None:
        self._server(event)

    def clear(self) -> None:
        """Nothing to do: clients see the completed events."""
