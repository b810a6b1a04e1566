"""Captions sent to a Zoom meeting by its closed-caption API. The only output that uses the network.

Zoom: "Integrating a third-party closed captioning service": the host copies an address with a token; each
caption is posted to it with a sequence number that grows by one and stays the same for a repeat.
"""

from __future__ import annotations

import http.client
import re
import threading
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from socket import SHUT_RDWR
from urllib.parse import SplitResult, urlencode, urlsplit

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.outputs.outbox import Outbox
from klipnet_live.types import UserError

LANGUAGES = {"en": "en-US", "ko": "ko-KR"}
ATTEMPTS = 3
HOSTS = ("zoom.us", "zoom.com", "zoomgov.com", "zoom.com.cn")
"""Zoom's own; meetings are at subdomains of them. No other host is ever sent a caption or the token."""

LOCAL_HOSTS = ("127.0.0.1", "localhost")
"""This computer, for tests."""

MOST_BYTES = 4096
"""Of an answer that are read; Zoom's are a few bytes long."""

_DELIVERED = range(200, 300)
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?/[!-~]*", re.IGNORECASE)
"""Printable ASCII, with a plain host: nothing that two programs could read as two hosts."""


class _RefusedError(Exception):
    """Zoom answered with a status that says no."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ZoomCaptions(Outbox):
    """Posts completed lines, in the thread that runs `serve`.

    `url`: the API token that Zoom shows to the host. `on_problem` is told once per failure that lasts.
    """

    def __init__(
        self,
        url: str,
        language: str,
        on_problem: Callable[[UserError], object],
        *,
        timeout_s: float = 5.0,
        retry_s: float = 1.0,
    ) -> None:
        super().__init__(self._send)
        self._url = _checked(url)
        self._language = LANGUAGES[language]
        self._on_problem = on_problem
        self._timeout_s = timeout_s
        self._retry_s = retry_s
        self._sequence: int | None = None
        self._failing = False
        self._guard = threading.Lock()
        self._connection: http.client.HTTPConnection | None = None

    def stop(self) -> None:
        """Let `serve` return; what is being sent is broken off."""
        super().stop()
        self._break_off()

    def _send(self, line: CaptionLine) -> None:
        for attempt in range(ATTEMPTS):
            if attempt and not self.pause(self._retry_s * attempt):
                return
            try:
                self._post(line)
            except (OSError, http.client.HTTPException, _RefusedError) as problem:
                failure = problem
            else:
                self._failing = False
                return
        if not self._failing and not self._stopping.is_set():
            self._on_problem(_refused(failure))
        self._failing = True

    def _post(self, line: CaptionLine) -> None:
        if self._sequence is None:
            self._sequence = self._last_sequence()
        query = urlencode({"seq": self._sequence + 1, "lang": self._language})
        body = f"{line.name}: {line.text}".encode("utf-8", "replace")
        self._request("POST", f"{self._url.path}?{self._url.query}&{query}", body)
        self._sequence += 1

    def _last_sequence(self) -> int:
        """The number of the last caption in this meeting, which may be from before a restart."""
        try:
            answer = self._request("GET", f"{self._url.path.rstrip('/')}/seq?{self._url.query}", None)
        except _RefusedError:
            return 0
        return int(answer) if answer.isdigit() and len(answer) < 12 else 0

    def _request(self, method: str, target: str, body: bytes | None) -> bytes:
        """What a server answers that says yes; its redirections are refusals, the token goes nowhere else."""
        # Each read has a time-out of its own, so that an answer could trickle in for ever.
        end = threading.Timer(2 * self._timeout_s, self._break_off)
        end.daemon = True
        end.start()
        try:
            with closing(self._connected()) as connection:
                connection.request(method, target, body, {"Content-Type": "text/plain; charset=utf-8"})
                with closing(connection.getresponse()) as answer:
                    if answer.status not in _DELIVERED:
                        raise _RefusedError(answer.status)
                    return answer.read(MOST_BYTES).strip()
        except ValueError as broken:
            # Of an answer, or of a connection that was broken off.
            raise http.client.HTTPException from broken
        finally:
            end.cancel()
            with self._guard:
                self._connection = None

    def _connected(self) -> http.client.HTTPConnection:
        """A connection that `stop` can break off, by way of the system's proxy where it has one."""
        host, port, timeout_s = str(self._url.hostname), self._url.port, self._timeout_s
        if self._url.scheme == "http":
            connection = http.client.HTTPConnection(host, port, timeout=timeout_s)
        else:
            connection = _secure_connection(host, timeout_s)
        with self._guard:
            self._connection = connection
        connection.connect()
        if self._stopping.is_set():
            connection.close()
            raise ConnectionAbortedError
        return connection

    def _break_off(self) -> None:
        with self._guard, suppress(OSError):
            if self._connection is not None and self._connection.sock is not None:
                self._connection.sock.shutdown(SHUT_RDWR)


def _secure_connection(host: str, timeout_s: float) -> http.client.HTTPConnection:
    proxy = urllib.request.getproxies().get("https", "")
    if not proxy or urllib.request.proxy_bypass(host):
        return http.client.HTTPSConnection(host, timeout=timeout_s)
    with suppress(ValueError):
        through = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        connection = http.client.HTTPSConnection(str(through.hostname), through.port, timeout=timeout_s)
        connection.set_tunnel(host)
        return connection
    return http.client.HTTPSConnection(host, timeout=timeout_s)


def _checked(url: str) -> SplitResult:
    address = url.strip()
    if _ADDRESS.fullmatch(address) and "@" not in address and "\\" not in address:
        parts = urlsplit(address)._replace(fragment="")
        host, port = parts.hostname or "", parts.netloc.partition(":")[2]
        at_zoom = any(host == known or host.endswith(f".{known}") for known in HOSTS)
        secure = parts.scheme == "https" and at_zoom and port in ("", "443")
        local = parts.scheme == "http" and host in LOCAL_HOSTS and (not port or int(port) < 65536)
        if parts.query and (secure or local):
            return parts
    raise UserError(
        "This is no Zoom caption address: in the meeting choose Captions > Set up manual captioner > "
        "Copy the API token, and paste what it copied (it begins with https://)."
    )


def _refused(problem: Exception) -> UserError:
    status = problem.status if isinstance(problem, _RefusedError) else 0
    if status == 403:
        return UserError(
            "Zoom refused the captions: the address is too old or of another meeting; "
            "copy the API token again."
        )
    if status == 400:
        return UserError(
            "Zoom refused the captions: the meeting has not begun; captions are sent once it has."
        )
    if status:
        return UserError(
            "Zoom did not take the captions (status {status}): copy the API token again; captions go on "
            "here.",
            status=status,
        )
    # The system's own words: what libraries say may hold the address, and the token with it.
    return UserError(
        "Zoom cannot be reached ({reason}): look at the network; captions go on here.",
        reason=getattr(problem, "strerror", None) or type(problem).__name__,
    )
