"""Slow clients are disconnected; the others are not affected."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, closing, suppress

import pytest

pytest.importorskip("uvicorn", reason="the extra `web` is not installed")

import uvicorn
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from klipnet_live.web.connections import Connection

PATIENCE_S = 10.0
MOST = 20


class Hasty(Connection):
    headers_s = 0.5
    unread_s = 0.5


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield bytes(100_000)
        await asyncio.sleep(0.001)


async def chatter(scope: Scope, receive: Receive, send: Send) -> None:
    """Endless events, or a short answer."""
    chats = scope["path"].endswith("/events")
    answer = StreamingResponse(endless()) if chats else Response(b"hello")
    await answer(scope, receive, send)


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    config = uvicorn.Config(
        chatter,
        http=Hasty,
        log_level="error",
        timeout_graceful_shutdown=1,
        lifespan="off",
        limit_concurrency=MOST,
    )
    server = uvicorn.Server(config)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()
        server.should_exit = True
        thread.join()


def connected(address: tuple[str, int]) -> socket.socket:
    return socket.create_connection(address, PATIENCE_S)


@pytest.mark.parametrize("first", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"], ids=["silent", "slow headers"])
def test_endless_headers_are_cut_off(first: bytes, address: tuple[str, int]) -> None:
    with connected(address) as client:
        client.sendall(first)
        assert client.recv(100) == b""


def test_further_bytes_do_not_extend_the_time_limit(address: tuple[str, int]) -> None:
    with connected(address) as client:
        began_s = time.monotonic()
        with suppress(ConnectionError):
            while time.monotonic() - began_s < PATIENCE_S:
                client.sendall(b"X")
                time.sleep(0.05)
        assert time.monotonic() - began_s < PATIENCE_S


def test_slow_headers_of_a_second_request_are_cut_off(address: tuple[str, int]) -> None:
    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    with connected(address) as client:
        for _ in range(2):
            client.sendall(request)
            assert client.recv(1000)
            time.sleep(0.6)
        client.sendall(request[:-2])
        while client.recv(1000):
            pass


def test_a_client_that_does_not_read_events_is_cut_off(address: tuple[str, int]) -> None:
    request = b"GET /api/jobs/1/events HTTP/1.1\r\nHost: x\r\n\r\n"
    with connected(address) as deaf, connected(address) as reading:
        for client in (deaf, reading):
            client.sendall(request)
        deadline_s = time.monotonic() + 1.5
        while time.monotonic() < deadline_s:
            assert reading.recv(1_000_000)
        # Buffered data can still be read, then the connection ends.
        with suppress(ConnectionError):
            while deaf.recv(1_000_000):
                assert time.monotonic() < deadline_s + PATIENCE_S


def test_complete_requests_are_served_while_idle_connections_wait(address: tuple[str, int]) -> None:
    with ExitStack() as stack:
        for _ in range(2 * MOST):
            stack.enter_context(connected(address)).sendall(b"GET / HTTP/1.1\r\nX: ")
        client = stack.enter_context(connected(address))
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 200")
