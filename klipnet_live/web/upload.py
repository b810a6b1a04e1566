"""Parses an upload form and writes the video to disk as it arrives: memory use is constant, and limits apply
immediately."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import IO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from klipnet_live.web.limits import Limits
from klipnet_live.web.refusals import BadFormError, TooLargeError

FILE = "file"

_BLOCK = 2**20
"""Bytes to collect before writing; writing switches to another thread, which has a cost."""

_FORM_OVERHEAD = 2**20
"""Allowance for boundaries and part headers of a form."""


class UploadedForm:
    """A received form. `fields`: texts by name; `file_name`: as sent by the browser, None without a file."""

    def __init__(self, target: Path, limits: Limits) -> None:
        self._limits = limits
        self._target = target
        self._file: IO[bytes] | None = None
        self._waiting = bytearray()
        self._header, self._value = bytearray(), bytearray()
        self._headers: dict[bytes, bytes] = {}
        self._text = bytearray()
        self._field: str | None = None
        self._texts_bytes = 0
        self._is_whole = False
        self.fields: dict[str, str] = {}
        self.file_name: str | None = None
        self.file_bytes = 0

    def parser(self, content_type: bytes) -> MultipartParser:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise BadFormError("Send the video as a form (multipart/form-data) in the field `file`.")
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_content,
                "on_part_data": self._take,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )

    def is_due(self) -> bool:
        return len(self._waiting) >= _BLOCK

    def flush(self) -> None:
        """Write the collected bytes. Raises OSError."""
        if self._file is None:
            self._file = self._target.open("wb")
        self._file.write(self._waiting)
        self._waiting.clear()

    def check_whole(self) -> None:
        """Raises BadFormError if the form is incomplete, or contains no video."""
        if not self._is_whole:
            raise BadFormError("The form is damaged or incomplete. Send it again.")
        if self.file_name is None:
            raise BadFormError("There is no video in the form. Send one in the field `file`.")
        if not self.file_bytes:
            raise BadFormError("{name} is empty. Choose another file.", name=self.file_name or FILE)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _begin_part(self) -> None:
        self._headers.clear()
        self._text.clear()

    def _end_header(self) -> None:
        self._headers[bytes(self._header).lower()] = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _begin_content(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        self._field = None if name == FILE else name
        if self._field is None:
            if self.file_name is not None:
                raise BadFormError("Send one video at a time.")
            self.file_name = options.get(b"filename", b"").decode("utf-8", "replace")

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._field is None:
            self.file_bytes += end - start
            if self.file_bytes > self._limits.upload_bytes:
                raise too_large(self._limits)
            self._waiting += data[start:end]
            return
        self._texts_bytes += end - start
        if self._texts_bytes > self._limits.text_bytes:
            raise TooLargeError("The texts of the form are too long. Shorten the phrase list.")
        self._text += data[start:end]

    def _end_part(self) -> None:
        if self._field is not None:
            try:
                self.fields[self._field] = self._text.decode()
            except UnicodeDecodeError as problem:
                raise BadFormError(
                    "The texts of the form are not UTF-8. Save the phrase list as UTF-8."
                ) from problem

    def _end(self) -> None:
        self._is_whole = True


async def receive_form(request: Request, target: Path, limits: Limits) -> UploadedForm:
    """Write the video of the form to `target`; on failure the file is removed.

    Raises UserError, including `TooLargeError`, `BadFormError` and `NoRoomError`, and ClientDisconnect.
    """
    form = UploadedForm(target, limits)
    async with AsyncExitStack() as stack:
        stack.callback(form.close)
        try:
            parser = form.parser(request.headers.get("content-type", "").encode("latin-1"))
            async for chunk in _stream(request, limits):
                parser.write(chunk)
                if form.is_due():
                    await asyncio.to_thread(form.flush)
            form.check_whole()
            await asyncio.to_thread(form.flush)
        except BaseException as problem:
            form.close()
            target.unlink(missing_ok=True)
            raise _as_form_error(problem) from problem
    return form


def too_large(limits: Limits) -> TooLargeError:
    return TooLargeError(
        "The recording is too large; the limit is {most:.1f} GB. Cut it into parts, or make a smaller copy.",
        most=limits.upload_bytes / 1e9,
    )


def announced_bytes(request: Request, limits: Limits) -> int:
    """Size of the request according to its header, or the limit. Raises TooLargeError."""
    try:
        announced = int(request.headers["content-length"])
    except (KeyError, ValueError):
        return limits.upload_bytes
    if announced > limits.upload_bytes + limits.text_bytes + _FORM_OVERHEAD:
        raise too_large(limits)
    return announced


async def _stream(request: Request, limits: Limits) -> AsyncIterator[bytes]:
    """The request body in chunks, with a time-out for stalled uploads."""
    chunks = request.stream()
    total, most = 0, limits.upload_bytes + limits.text_bytes + _FORM_OVERHEAD
    with suppress(StopAsyncIteration):
        while True:
            chunk = await asyncio.wait_for(anext(chunks), limits.stalled_upload_s)
            total += len(chunk)
            if total > most:
                raise too_large(limits)
            yield chunk


def _as_form_error(problem: BaseException) -> BaseException:
    if isinstance(problem, FormParserError):
        return BadFormError("The form is damaged or incomplete. Send it again.")
    if isinstance(problem, TimeoutError):
        return BadFormError("The upload has stalled. Send it again.")
    return problem
