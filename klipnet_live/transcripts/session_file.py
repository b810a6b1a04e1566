"""One session on disk: JSON lines, a header, then one record for each completed line.

A process that dies can leave at most a torn last line; the next append begins on a fresh line, and
records that cannot be read are passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from klipnet_live.atomic_file import write_atomically
from klipnet_live.captions.lines import CaptionLine

SUFFIX = ".jsonl"
CLOSED: dict[str, Any] = {"record": "closed"}
"""The last record of a session that ended as it should."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a session; the id never changes."""

    id: int
    line: CaptionLine

    def record(self) -> dict[str, Any]:
        return {"record": "line", "id": self.id, **self.line.as_dict()}


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a session when it begins. `source`: what was captioned."""

    title: str
    language: str
    source: str
    started: datetime

    def record(self) -> dict[str, Any]:
        return {
            "record": "session",
            "version": 1,
            "title": self.title,
            "language": self.language,
            "source": self.source,
            "started": self.started.isoformat(),
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        started = datetime.fromisoformat(record["started"])
        return cls(record["title"], record["language"], record["source"], started)


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it was read. Not closed: it is still running, or its program died."""

    id: str
    header: Header
    lines: tuple[KeptLine, ...]
    closed: bool


def append(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Add records and wait until they are on disk. Raises OSError; the file is then as before."""
    data = _encode(records)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        size = os.lseek(descriptor, 0, os.SEEK_END)
        if size and not _ends_with_newline(descriptor, size):
            data = b"\n" + data
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        except OSError:
            # Where even this fails, the next append steps over the torn line.
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


def rewrite(path: Path, session: Session) -> None:
    """Replace the file by what the session now is, so that what was taken out is gone from the disk."""
    records = [session.header.record(), *(line.record() for line in session.lines)]
    write_atomically(path, _encode(records + [CLOSED] * session.closed))


def read(path: Path) -> Session | None:
    """The session in this file; None where not even its header can be read. Raises OSError."""
    records = [record for text in path.read_bytes().splitlines() if (record := _parse(text))]
    try:
        header = Header.from_record(next(r for r in records if r["record"] == "session"))
    except (StopIteration, KeyError, ValueError, TypeError):
        return None
    lines = tuple(line for record in records if (line := _kept_line(record)))
    return Session(path.stem, header, lines, closed=CLOSED in records)


def _encode(records: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _parse(text: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(text)
    except ValueError:
        return None
    return record if isinstance(record, dict) and "record" in record else None


def _kept_line(record: dict[str, Any]) -> KeptLine | None:
    if record["record"] != "line":
        return None
    try:
        return KeptLine(record["id"], CaptionLine.from_dict(record))
    except KeyError:
        return None


def _ends_with_newline(descriptor: int, size: int) -> bool:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _write_all(descriptor: int, data: bytes) -> None:
    # On a disk that is nearly full, write() takes a part and only then fails.
    while data:
        data = data[os.write(descriptor, data) :]
