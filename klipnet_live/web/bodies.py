"""Limits the size and duration of request bodies other than uploads."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from klipnet_live.web.refusals import TooLargeError, answer

UPLOAD_PATH = "/api/jobs"
"""Its body is streamed to disk, with separate limits."""

_MAX_BYTES = 64 * 1024
_MAX_S = 15.0


class SmallBodies:
    """ASGI middleware. Without it a parser would hold an unlimited body in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == UPLOAD_PATH:
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(_MAX_S):
                first = iter(await _received(receive))
        except TooLargeError as refusal:
            await answer(refusal)(scope, receive, send)
            return
        except TimeoutError:
            return
        await self._app(scope, lambda: _next(first, receive), send)


async def _received(receive: Receive) -> list[Message]:
    """Receive messages up to the end of the body."""
    messages: list[Message] = []
    count = 0
    while True:
        messages.append(await receive())
        count += len(messages[-1].get("body", b""))
        if count > _MAX_BYTES:
            raise TooLargeError("The request is too large. Only uploads of videos may exceed 64 KB.")
        if not messages[-1].get("more_body", False):
            return messages


async def _next(first: Iterator[Message], receive: Receive) -> Message:
    for message in first:
        return message
    return await receive()
