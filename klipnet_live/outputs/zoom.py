"""Sends captions to a Zoom meeting with its closed-caption API. The only output that uses the internet.

Zoom, "Integrating a third-party closed captioning service": the host copies a URL with a token. Each caption
is posted to it with a sequence number, which increases by one and is reused when a post is repeated.
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
"""Zoom's domains; meetings use subdomains of them. Captions and token are never sent to another host."""

LOCAL_HOSTS = ("127.0.0.1", "localhost")
"""This computer, for tests."""

MAX_RESPONSE_BYTES = 4096
"""Bytes of a response that are read; Zoom's responses have a few bytes."""

_DELIVERED = range(200, 300)
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?/[!-~]*", re.IGNORECASE)
"""Printable ASCII with a plain host name: no two parsers can read different hosts from it."""


class _RefusedError(Exception):
    """Zoom responded with an error status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ZoomCaptions(Outbox):
    """Posts completed lines on the thread that runs `serve`.

    `url`: the API token that Zoom shows to the host. `on_problem` is called once per persistent failure.
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
        self._url = _validate(url)
        self._language = LANGUAGES[language]
        self._on_problem = on_problem
        self._timeout_s = timeout_s
        self._retry_s = retry_s
        self._sequence: int | None = None
        self._failing = False
        self._guard = threading.Lock()
        self._connection: http.client.HTTPConnection | None = None

    def stop(self) -> None:
        """Make `serve` return, aborting the current request."""
        super().stop()
        self._abort()

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
            self._on_problem(_delivery_error(failure))
        self._failing = True

    def _post(self, line: CaptionLine) -> None:
        if self._sequence is None:
            self._sequence = self._last_sequence()
        query = urlencode({"seq": self._sequence + 1, "lang": self._language})
        body = f"{line.name}: {line.text}".encode("utf-8", "replace")
        self._request("POST", f"{self._url.path}?{self._url.query}&{query}", body)
        self._sequence += 1

    def _last_sequence(self) -> int:
        """Sequence number of the last caption in this meeting, possibly sent before a restart of the app."""
        try:
            answer = self._request("GET", f"{self._url.path.rstrip('/')}/seq?{self._url.query}", None)
        except _RefusedError:
            return 0
        return int(answer) if answer.isdigit() and len(answer) < 12 else 0

    def _request(self, method: str, target: str, body: bytes | None) -> bytes:
        """Body of a successful response. Redirects count as errors, since the token goes nowhere else."""
        # Each read has its own time-out, so a slow response could take forever.
        end = threading.Timer(2 * self._timeout_s, self._abort)
        end.daemon = True
        end.start()
        try:
            with closing(self._connect()) as connection:
                connection.request(method, target, body, {"Content-Type": "text/plain; charset=utf-8"})
                with closing(connection.getresponse()) as answer:
                    if answer.status not in _DELIVERED:
                        raise _RefusedError(answer.status)
                    return answer.read(MAX_RESPONSE_BYTES).strip()
        except ValueError as broken:
            # A malformed response, or an aborted connection.
            raise http.client.HTTPException from broken
        finally:
            end.cancel()
            with self._guard:
                self._connection = None

    def _connect(self) -> http.client.HTTPConnection:
        """A connection that `stop` can abort; uses the system's proxy if there is one."""
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

    def _abort(self) -> None:
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


def _validate(url: str) -> SplitResult:
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
        "This is not a Zoom caption URL. In the meeting choose Captions > Set up manual captioner > "
        "Copy the API token, and paste the copied text (it begins with https://)."
    )


def _delivery_error(problem: Exception) -> UserError:
    status = problem.status if isinstance(problem, _RefusedError) else 0
    if status == 403:
        return UserError(
            "Zoom refused the captions: the URL has expired or belongs to another meeting. "
            "Copy the API token again."
        )
    if status == 400:
        return UserError("Zoom refused the captions: the meeting has not started. They are sent once it has.")
    if status:
        return UserError(
            "Zoom did not accept the captions (status {status}). Copy the API token again. Captions continue "
            "here.",
            status=status,
        )
    # Use the system's text only: messages of libraries may contain the URL with its token.
    return UserError(
        "Cannot reach Zoom ({reason}). Check the network connection. Captions continue here.",
        reason=getattr(problem, "strerror", None) or type(problem).__name__,
    )
