"""Against a server on this computer that answers as Zoom's documentation says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from klipnet_live.outputs.outbox import MOST_WAITING
from klipnet_live.outputs.zoom import ZoomCaptions
from klipnet_live.types import UserError
from tests.builders import line


class Meeting(ThreadingHTTPServer):
    """Keeps the captions it took; fails with the statuses it is given first."""

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
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def send(zoom: ZoomCaptions, until: Callable[[], bool]) -> None:
    thread = threading.Thread(target=zoom.serve)
    thread.start()
    deadline = time.monotonic() + 10
    while not until() and time.monotonic() < deadline:
        time.sleep(0.01)
    zoom.stop()
    thread.join(5)
    assert not thread.is_alive()


def test_captions_are_posted_in_order_with_growing_numbers(meeting: Meeting) -> None:
    meeting.last_sequence = 41
    zoom = ZoomCaptions(meeting.url, "ko", pytest.fail)
    zoom(line("안녕하세요", name="철수"))
    zoom(line("bin blue"))
    send(zoom, lambda: len(meeting.posts) == 2)
    assert meeting.posts == [(42, "ko-KR", "철수: 안녕하세요"), (43, "ko-KR", "Speaker 1: bin blue")]
    assert meeting.headers[0] == "text/plain; charset=utf-8"


def test_a_repeat_has_the_same_number(meeting: Meeting) -> None:
    meeting.failures = [500, 503]
    zoom = ZoomCaptions(meeting.url, "en", pytest.fail, retry_s=0.01)
    zoom(line("one"))
    zoom(line("two"))
    send(zoom, lambda: len(meeting.posts) == 2)
    assert [number for number, _, _ in meeting.posts] == [1, 2]
    assert meeting.tries == 4


@pytest.mark.parametrize(("status", "told"), [(403, "copy the API token again"), (400, "has not begun")])
def test_a_lasting_refusal_is_told_once(meeting: Meeting, status: int, told: str) -> None:
    problems: list[UserError] = []
    meeting.failures = [status] * 6
    zoom = ZoomCaptions(meeting.url, "en", problems.append, retry_s=0.01)
    for text in ("one", "two", "three"):
        zoom(line(text))
    send(zoom, lambda: len(meeting.posts) == 1)
    assert [told in str(problem) for problem in problems] == [True]
    assert meeting.posts[0][0] == 1


def test_no_network_is_told_and_stopping_does_not_wait(meeting: Meeting) -> None:
    problems: list[UserError] = []
    zoom = ZoomCaptions("http://127.0.0.1:9/closedcaption?id=1", "en", problems.append, retry_s=0.01)
    zoom(line("one"))
    send(zoom, lambda: bool(problems))
    assert "cannot be reached" in str(problems[0])


def test_it_waits_only_before_it_tries_again(meeting: Meeting) -> None:
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


def test_a_slow_network_costs_old_captions_and_never_blocks(meeting: Meeting) -> None:
    zoom = ZoomCaptions(meeting.url, "en", pytest.fail)
    for number in range(MOST_WAITING + 5):
        zoom(line(str(number)))
    send(zoom, lambda: len(meeting.posts) == MOST_WAITING)
    assert meeting.posts[0][2] == "Speaker 1: 5"
    assert len(meeting.posts) == MOST_WAITING


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hello",
        "http://wmcapi.zoom.us/closedcaption?id=1",
        "https://wmcapi.zoom.us/",
        "file:///etc/passwd?a=1",
    ],
)
def test_only_an_encrypted_address_with_a_token_is_taken(url: str) -> None:
    with pytest.raises(UserError, match="Copy the API token"):
        ZoomCaptions(url, "en", pytest.fail)
