"""Access control: Host header, Origin, token, and security headers of every response."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from klipnet_live.atomic_file import write_atomically
from klipnet_live.web.refusals import ForeignHostError, ForeignPageError, RefusedError, answer, no_token

COOKIE = "klipnet_token"

_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class AccessToken:
    """A secret of which only the hash is stored."""

    def __init__(self, digest: str) -> None:
        self._digest = digest

    @classmethod
    def load_or_make(cls, path: Path, renew: bool) -> tuple[AccessToken, str | None]:
        """The token, and its text if it was created now; the text cannot be recovered later."""
        if path.is_file() and not renew:
            return cls(path.read_text(encoding="ascii").strip()), None
        text = secrets.token_urlsafe(32)
        write_atomically(path, _digest(text).encode(), private=True)
        return cls(_digest(text)), text

    def is_right(self, text: str) -> bool:
        return hmac.compare_digest(_digest(text), self._digest)


class AccessControl:
    """ASGI middleware. `hosts`: host names of the server; numeric addresses are always allowed.

    A foreign page that sends requests to this server uses a host name of the attacker (DNS rebinding) or
    sends its own Origin (CSRF); both are rejected. `token`: None if everybody who reaches the server may use
    it.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], token: AccessToken | None) -> None:
        self._app, self._token = app, token
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store" if _is_private(scope["path"]) else "no-cache")
            await send(message)

        refusal = self._refusal(scope)
        reply = self._app if refusal is None else answer(refusal)
        await reply(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> RefusedError | None:
        headers = Headers(scope=scope)
        if not self._is_own_host(headers.get("host", "")):
            return ForeignHostError(
                "This host name is not allowed. Use the server's own address, or start it with --allow-host."
            )
        if _is_foreign(scope["method"], headers):
            return ForeignPageError(
                "Requests from other web pages are not allowed. Open the page of this server."
            )
        if self._token and _is_guarded(scope["path"]) and not self._token.is_right(_token_of(headers)):
            return no_token()
        return None

    def _is_own_host(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._hosts or _is_address(name)


def _is_private(path: str) -> bool:
    return path.startswith("/api/")


def _is_guarded(path: str) -> bool:
    """Whether a path needs a token: all of the API, except the endpoint that accepts the token."""
    return _is_private(path) and path != "/api/session"


def _is_foreign(method: str, headers: Headers) -> bool:
    """Whether another web page sent the request. Programs send neither header."""
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        # Links to the page may be followed from any site.
        return not (method in _SAFE_METHODS and headers.get("sec-fetch-mode") == "navigate")
    origin = headers.get("origin")
    return (
        method not in _SAFE_METHODS and origin is not None and not _is_same(origin, headers.get("host", ""))
    )


def _is_same(origin: str, host: str) -> bool:
    # Behind a proxy it is unknown whether the browser used http or https.
    return urlsplit(origin).netloc.lower() == host.lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _token_of(headers: Headers) -> str:
    scheme, _, text = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return text.strip()
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return "" if cookie is None else cookie.value


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
