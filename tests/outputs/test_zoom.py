"""Zoom captions, sent to a local server that answers as Zoom's documentation describes."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from klipnet_live.outputs.outbox import MAX_WAITING
from klipnet_live.outputs.zoom import ATTEMPTS, ZoomCaptions
from klipnet_live.types import UserError
from tests.builders import line


class Meeting(ThreadingHTTPServer):
    """Keeps the captions that it accepts; fails first with the given statuses."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.last_sequence = 0
        self.failures: list[int] = []
        self.posts: list[tuple[int, str, str]] = []
        self.tries = 0
        self.headers: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/closedcaption?id=20&ns=GZ%3D%3D&signature=abc"


class _Handler(BaseHTTPRequestHandler):
    server: Meeting

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        assert parts.path == "/closedcaption/seq"
        self._answer(200, str(self.server.last_sequence))

    def do_POST(self) -> None:
        self.server.tries += 1
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query = parse_qs(urlsplit(self.path).query)
        assert (query["id"], query["signature"]) == (["20"], ["abc"])
        if self.server.failures:
            return self._answer(self.server.failures.pop(0), "no")
        self.server.headers.append(self.headers["Content-Type"])
        self.server.posts.append((int(query["seq"][0]), query["lang"][0], body))
        return self._answer(200, "ok")

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    server = Meeting()
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def send(zoom: ZoomCaptions, until: Callable[[], bool]) -> None:
    thread = threading.Thread(target=zoom.serve)
    thread.start()
    deadline = time.monotonic() + 60
    while not until() and time.monotonic() < deadline:
        time.sleep(0.01)
    zoom.stop()
    thread.join(60)
    assert not thread.is_alive()


def test_captions_are_posted_in_order_with_increasing_numbers(meeting: Meeting) -> None:
    meeting.last_sequence = 41
    zoom = ZoomCaptions(meeting.url, "ko", pytest.fail)
    zoom(line("안녕하세요", name="철수"))
    zoom(line("bin blue"))
    send(zoom, lambda: len(meeting.posts) == 2)
    assert meeting.posts == [(42, "ko-KR", "철수: 안녕하세요"), (43, "ko-KR", "Speaker 1: bin blue")]
    assert meeting.headers[0] == "text/plain; charset=utf-8"


def test_a_retry_has_the_same_number(meeting: Meeting) -> None:
    meeting.failures = [500, 503]
    zoom = ZoomCaptions(meeting.url, "en", pytest.fail, retry_s=0.01)
    zoom(line("one"))
    zoom(line("two"))
    send(zoom, lambda: len(meeting.posts) == 2)
    assert [number for number, _, _ in meeting.posts] == [1, 2]
    assert meeting.tries == 4


@pytest.mark.parametrize(("status", "message"), [(403, "Copy the API token again"), (400, "has not started")])
def test_a_permanent_refusal_is_reported_once(meeting: Meeting, status: int, message: str) -> None:
    problems: list[UserError] = []
    meeting.failures = [status] * 6
    zoom = ZoomCaptions(meeting.url, "en", problems.append, retry_s=0.01)
    for text in ("one", "two", "three"):
        zoom(line(text))
    send(zoom, lambda: len(meeting.posts) == 1)
    assert [message in str(problem) for problem in problems] == [True]
    assert meeting.posts[0][0] == 1


def test_a_missing_network_is_reported_and_stopping_does_not_wait(meeting: Meeting) -> None:
    problems: list[UserError] = []
    zoom = ZoomCaptions("http://127.0.0.1:9/closedcaption?id=1", "en", problems.append, retry_s=0.01)
    zoom(line("one"))
    send(zoom, lambda: bool(problems))
    assert "Cannot reach" in str(problems[0])


def test_it_pauses_only_before_a_retry(meeting: Meeting) -> None:
    class Counting(ZoomCaptions):
        def pause(self, seconds: float) -> bool:
            pauses.append((meeting.tries, seconds))
            return True

    pauses: list[tuple[int, float]] = []
    problems: list[UserError] = []
    meeting.failures = [500] * 3
    zoom = Counting(meeting.url, "en", problems.append, retry_s=2.0)
    zoom(line("one"))
    send(zoom, lambda: bool(problems))
    assert pauses == [(1, 2.0), (2, 4.0)]


def test_a_slow_network_drops_old_captions_and_never_blocks(meeting: Meeting) -> None:
    zoom = ZoomCaptions(meeting.url, "en", pytest.fail)
    for number in range(MAX_WAITING + 5):
        zoom(line(str(number)))
    send(zoom, lambda: len(meeting.posts) == MAX_WAITING)
    assert meeting.posts[0][2] == "Speaker 1: 5"
    assert len(meeting.posts) == MAX_WAITING


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hello",
        "http://wmcapi.zoom.us/closedcaption?id=1",
        "https://wmcapi.zoom.us/",
        "file:///etc/passwd?a=1",
        "https://zoom.us.example.com/closedcaption?id=1",
        "https://example.com/closedcaption?id=1&x=zoom.us",
        "https://notzoom.us/closedcaption?id=1",
        "https://wmcapi.zoom.us@example.com/closedcaption?id=1",
        "https://wmcapi.zoom.us:secret@example.com/closedcaption?id=1",
        "https://example.com\\@wmcapi.zoom.us/closedcaption?id=1",
        "https://example.com\\.zoom.us/closedcaption?id=1",
        "https://example.com#@wmcapi.zoom.us/closedcaption?id=1",
        "https://wmcapi.zo\nom.us/closedcaption?id=1",
        "https://wmcapi.zoom.us:8443/closedcaption?id=1",
        "https://wmcapi.zoom.us:x/closedcaption?id=1",
        "https://[::1/closedcaption?id=1",
        "https://wmcapi。zoom.us/closedcaption?id=1",
        "http://127.0.0.1.example.com/closedcaption?id=1",
        "http://127.0.0.1:99999/closedcaption?id=1",
        "http://localhost@example.com/closedcaption?id=1",
    ],
)
def test_only_an_https_address_with_a_token_is_accepted(url: str) -> None:
    with pytest.raises(UserError, match="Copy the API token"):
        ZoomCaptions(url, "en", pytest.fail)


@pytest.mark.parametrize("host", ["wmcapi.zoom.us", "us02web.zoom.com", "WMCAPI.ZOOMGOV.COM", "zoom.us:443"])
def test_hosts_of_zoom_are_accepted(host: str) -> None:
    ZoomCaptions(f" https://{host}/closedcaption?id=20&ns=GZ%3D%3D&signature=abc ", "en", pytest.fail)


class Rogue:
    """A server that answers each connection with these bytes and repeats the last piece."""

    def __init__(self, *pieces: bytes, every_s: float = 0.0) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._pieces, self._every_s = pieces, every_s
        self._closed = threading.Event()
        self.sent = 0
        self.requests: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Rogue:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(60)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/closedcaption?id=20&signature=top-secret"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.requests.append(connection.recv(4096))
            with connection, contextlib.suppress(OSError):
                for piece in self._pieces[:-1]:
                    connection.sendall(piece)
                while self._pieces and not self._closed.wait(self._every_s):
                    connection.sendall(self._pieces[-1])
                    self.sent += len(self._pieces[-1])


def deliver(url: str, until: Callable[[list[UserError]], bool], **options: float) -> list[UserError]:
    """The messages about one line."""
    problems: list[UserError] = []
    zoom = ZoomCaptions(url, "en", problems.append, retry_s=0.01, **options)
    zoom(line("one"))
    send(zoom, lambda: until(problems))
    return problems


def test_redirections_are_not_followed_and_count_as_failed(meeting: Meeting) -> None:
    """A redirect would carry the token along, even to an unencrypted host."""
    answer = f"HTTP/1.1 302 Found\r\nLocation: {meeting.url}\r\nContent-Length: 0\r\n\r\n".encode()
    with Rogue(answer) as rogue:
        problems = deliver(rogue.url, bool)
    assert "status 302" in str(problems[0])
    assert meeting.tries == 0
    assert len(rogue.requests) >= ATTEMPTS


def test_an_endless_answer_is_not_read_to_its_end(meeting: Meeting) -> None:
    with Rogue(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536) as rogue:
        deliver(rogue.url, lambda _: len(rogue.requests) > 1)
    assert rogue.sent < 20_000_000, "sockets hold some; what is read is bounded"


@pytest.mark.parametrize("pieces", [(b"HTTP/1.1 200 OK\r\n", b"X"), (b"",), (b"\xff\x00 nonsense\r\n",)])
def test_no_behaviour_of_a_server_prevents_stopping(pieces: tuple[bytes, ...]) -> None:
    with Rogue(*pieces, every_s=0.05) as rogue:
        zoom = ZoomCaptions(rogue.url, "en", lambda problem: None, retry_s=0.01)
        zoom(line("one"))
        thread = threading.Thread(target=zoom.serve)
        thread.start()
        while not rogue.requests:
            time.sleep(0.01)
        zoom.stop()
        thread.join(2)
        assert not thread.is_alive()


def test_no_message_holds_the_token() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Rogue(b"\x00\r\n") as rogue:
        for url in (f"http://127.0.0.1:{port}/c?signature=top-secret", rogue.url):
            problems = deliver(url, bool, timeout_s=0.5)
            assert problems
            assert "top-secret" not in str(problems) + str([problem.values for problem in problems])
