"""Captions sent to a Zoom meeting by its closed-caption API. The only output that uses the network.

Zoom: "Integrating a third-party closed captioning service": the host copies an address with a token; each
caption is posted to it with a sequence number that grows by one and stays the same for a repeat.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import SplitResult, urlencode, urlsplit

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.outputs.outbox import Outbox
from klipnet_live.types import UserError

LANGUAGES = {"en": "en-US", "ko": "ko-KR"}
ATTEMPTS = 3
LOCAL_HOSTS = ("127.0.0.1", "localhost")


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

    def _send(self, line: CaptionLine) -> None:
        for attempt in range(ATTEMPTS):
            if attempt and not self.pause(self._retry_s * attempt):
                return
            try:
                self._post(line)
            except (OSError, http.client.HTTPException, ValueError) as problem:
                failure = problem
            else:
                self._failing = False
                return
        if not self._failing:
            self._on_problem(_refused(failure))
        self._failing = True

    def _post(self, line: CaptionLine) -> None:
        if self._sequence is None:
            self._sequence = self._last_sequence()
        query = urlencode({"seq": self._sequence + 1, "lang": self._language})
        url = self._url._replace(query=f"{self._url.query}&{query}").geturl()
        body = f"{line.name}: {line.text}".encode()
        self._request(url, body)
        self._sequence += 1

    def _last_sequence(self) -> int:
        """The number of the last caption in this meeting, which may be from before a restart."""
        path = self._url.path.rstrip("/") + "/seq"
        try:
            return int(self._request(self._url._replace(path=path).geturl(), None))
        except (urllib.error.HTTPError, ValueError):
            return 0

    def _request(self, url: str, body: bytes | None) -> bytes:
        request = urllib.request.Request(url, body, {"Content-Type": "text/plain; charset=utf-8"})
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_s) as answer:
                content: bytes = answer.read()
        except urllib.error.HTTPError as refusal:
            # A refusal holds its connection open until somebody reads it.
            refusal.close()
            raise
        return content


def _checked(url: str) -> SplitResult:
    parts = urlsplit(url.strip())
    is_local = parts.scheme == "http" and parts.hostname in LOCAL_HOSTS
    if not (parts.query and parts.hostname and (parts.scheme == "https" or is_local)):
        raise UserError(
            "This is no Zoom caption address: in the meeting choose Captions > Set up manual captioner > "
            "Copy the API token, and paste what it copied (it begins with https://)."
        )
    return parts


def _refused(problem: Exception) -> UserError:
    if isinstance(problem, urllib.error.HTTPError) and problem.code == 403:
        return UserError(
            "Zoom refused the captions: the address is too old or of another meeting; "
            "copy the API token again."
        )
    if isinstance(problem, urllib.error.HTTPError) and problem.code == 400:
        return UserError(
            "Zoom refused the captions: the meeting has not begun; captions are sent once it has."
        )
    return UserError(
        "Zoom cannot be reached ({reason}): look at the network; captions go on here.",
        reason=getattr(problem, "reason", None) or problem,
    )
