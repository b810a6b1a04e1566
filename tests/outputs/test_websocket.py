from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections import deque
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from klipnet_live.outputs import websocket
from klipnet_live.outputs.websocket import MAX_CONNECTIONS, WebSocketServer
from klipnet_live.types import UserError
from tests.builders import event

TOKEN = "right-token"


@pytest.fixture
def server() -> Iterator[WebSocketServer]:
    server = WebSocketServer(0, TOKEN)
    server.start()
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield server
    server.stop()
    thread.join(60)
    assert not thread.is_alive()


def test_every_client_with_the_token_receives_every_event(server: WebSocketServer) -> None:
    header = {"Authorization": f"Bearer {TOKEN}"}
    with (
        connect(server.url) as first,
        connect(f"ws://127.0.0.1:{server.port}/", additional_headers=header) as second,
    ):
        server(event(committed="안녕"))
        server(event("completed"))
        for client in (first, second):
            received = [json.loads(client.recv(60)) for _ in range(2)]
            expected = [event(committed="안녕").as_dict(), event("completed").as_dict()]
            assert received == json.loads(json.dumps(expected))


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=right-token2", "?token=틀림"])
def test_clients_without_the_token_are_refused(server: WebSocketServer, query: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{server.port}/{query}")
    assert refused.value.response.status_code == 401


@pytest.mark.parametrize(
    "origin", ["https://example.com", "http://127.0.0.1.example.com", "http://[", "chrome://x"]
)
def test_pages_of_web_sites_are_refused_even_with_the_token(server: WebSocketServer, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(server.url, origin=Origin(origin))
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["http://localhost:3000", "http://127.0.0.1", "null", "file://"])
def test_pages_of_this_computer_are_accepted(server: WebSocketServer, origin: str) -> None:
    with connect(server.url, origin=Origin(origin)) as client:
        server(event())
        assert json.loads(client.recv(60))["line"] == 1


@pytest.mark.parametrize("values", [("Bearer wrong", f"Bearer {TOKEN}"), ("", "\xff")])
def test_repeated_authorization_headers_are_handled(server: WebSocketServer, values: tuple[str, str]) -> None:
    head = "".join(f"Authorization: {value}\r\n" for value in values)
    request = (
        f"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{head}"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), 60) as client:
        client.sendall(request.encode("latin-1"))
        status = client.recv(4096).split()[1]
    assert status == (b"101" if TOKEN in head else b"401")


def test_connections_without_a_token_do_not_exhaust_file_handles(server: WebSocketServer) -> None:
    """A client with a thousand connections used up the app's file handles."""
    with connect(server.url) as client, contextlib.ExitStack() as opened:
        for _ in range(300):
            opened.enter_context(socket.create_connection(("127.0.0.1", server.port), 60))
        server(event())
        assert json.loads(client.recv(60))["line"] == 1
        assert len(server._server.connections if server._server else ()) == 1
        assert len(server._open) <= MAX_CONNECTIONS


def test_a_client_that_sends_nothing_is_disconnected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "HANDSHAKE_S", 0.2)
    server = WebSocketServer(0, TOKEN)
    server.start()
    thread = threading.Thread(target=server.serve)
    thread.start()
    with socket.create_connection(("127.0.0.1", server.port), 60) as silent:
        while silent.recv(100):
            pass
    server.stop()
    thread.join(60)


def test_only_this_computer_can_connect(server: WebSocketServer) -> None:
    assert server._socket is not None
    assert server._socket.getsockname()[0] == "127.0.0.1"


def test_a_client_that_leaves_or_sends_data_does_not_disturb_others(server: WebSocketServer) -> None:
    with connect(server.url) as stays:
        with connect(server.url) as leaves:
            leaves.send("hello?")
        for _ in range(3):
            server(event())
        assert [json.loads(stays.recv(60))["line"] for _ in range(3)] == [1, 1, 1]


def test_a_client_that_does_not_read_is_dropped_and_captions_go_on(server: WebSocketServer) -> None:
    long = event(committed="blue " * 20_000)
    with connect(server.url, max_size=None) as reads, connect(server.url, max_queue=1) as sleeps:
        for _ in range(200):
            server(long)
            assert len(reads.recv(60)) > 100_000
        server(event("completed"))
        assert json.loads(reads.recv(60))["event"] == "completed"
        with pytest.raises(ConnectionClosed):
            deque(iter(lambda: sleeps.recv(60), None))


def test_stopping_closes_connections(server: WebSocketServer) -> None:
    with connect(server.url) as client:
        server.stop()
        with pytest.raises(ConnectionClosed):
            client.recv(60)
    server(event())


@pytest.mark.parametrize("order", [("start", "stop"), ("stop", "start")])
def test_stopping_before_serving_ends_the_server(order: tuple[str, str]) -> None:
    """An output that is switched off at once may be stopped even before it has its port."""
    server = WebSocketServer(0, TOKEN)
    for step in order:
        getattr(server, step)()
    server.serve()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), 1)


def test_a_port_in_use_and_an_invalid_port_are_reported() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(UserError, match="Choose another one"),
    ):
        WebSocketServer(other.getsockname()[1], TOKEN).start()
    with pytest.raises(UserError, match="Choose a port from 1024"):
        WebSocketServer(70_000, TOKEN).start()


def test_a_token_is_required() -> None:
    with pytest.raises(UserError, match="needs a token"):
        WebSocketServer(0, "")
