"""File format of a session: JSON lines with a header, followed by one record per completed line.

A crash can leave at most one incomplete last line; the next append starts on a new line. All readable records
of a damaged file are used.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from klipnet_live.atomic_file import sync_folder, write_atomically
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.plain_text import utf8

SUFFIX = ".jsonl"
CLOSED: dict[str, Any] = {"record": "closed"}
"""Last record of a session that was closed properly."""

MAX_BYTES = 64 << 20
"""A day of speech takes about 2 MB."""

_MAX_TIME_S = 1e8
_MAX_RECORDS_PER_LINE = 20
"""Limit for records that run together in one line; parsing takes quadratic time."""

_RECORD_BEGINS = re.compile(r'\{\s*"record"')
_ID_STARTED = re.compile(r"(\d{8}-\d{6})-")
_TEXTS = ("title", "language", "source")
_YEARS = (1971, 9000)
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line of a session. Its id never changes."""

    id: int
    line: CaptionLine

    def record(self) -> dict[str, Any]:
        return {"record": "line", "id": self.id, **self.line.as_dict()}


@dataclass(frozen=True, slots=True)
class Header:
    """Data of a session known at its start. `source`: what was captioned."""

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


@dataclass(frozen=True, slots=True)
class Session:
    """A session read from disk, with its lines by start time.

    Not `closed`: still running, or its program has crashed. `damaged`: parts of the file could not be read.
    """

    id: str
    header: Header
    lines: tuple[StoredLine, ...]
    closed: bool
    damaged: bool = False


def append(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Append records and flush them to disk. On OSError the file is unchanged."""
    data = encode(records)
    is_new = not path.exists()
    # O_NONBLOCK: opening a pipe without a reader would block.
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        size = os.lseek(descriptor, 0, os.SEEK_END)
        if size and not _ends_with_newline(descriptor, size):
            data = b"\n" + data
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        except OSError:
            # If even this fails, the next append starts on a new line.
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)
    if is_new:
        sync_folder(path.parent)


def rewrite(path: Path, session: Session) -> None:
    """Rewrite the file from `session`, so that deleted lines are gone from the disk."""
    records = [session.header.record(), *(line.record() for line in session.lines)]
    write_atomically(path, encode(records + [CLOSED] * session.closed), private=True)


def read(path: Path) -> Session | None:
    """Read a session; None if nothing in the file is readable. Raises OSError.

    Without a readable header, title and start time come from the file name.
    """
    texts = [text for text in _content(path).split(b"\n") if text.strip()]
    found = [list(_records(text)) for text in texts]
    records = [record for few in found for record in few]
    header = next((record for record in records if record["record"] == "session"), {})
    # A line is written when it is complete, and may have started before those written earlier.
    lines = tuple(sorted(_stored_lines(records), key=lambda stored: stored.line.start_s))
    whole = _started(header) is not None and all(isinstance(header.get(name), str) for name in _TEXTS)
    if not whole and not lines:
        return None
    closed = bool(records) and records[-1] == CLOSED
    return Session(path.stem, _header(header, path), lines, closed, damaged=not whole or not all(found))


def is_closed(path: Path) -> bool:
    """Whether the last record closes the session; only the end of the file is read. Raises OSError."""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 2 * len(encode([CLOSED]))))
        last = file.read().rstrip().rpartition(b"\n")[2]
    return CLOSED in _records(last)


def is_regular_file(path: Path) -> bool:
    """Whether it is a regular file or a link to one; reading a pipe could block forever."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _content(path: Path) -> bytes:
    if not is_regular_file(path) or path.stat().st_size > MAX_BYTES:
        raise OSError(f"{path} is not a session file")
    return path.read_bytes()


def encode(records: Iterable[dict[str, Any]]) -> bytes:
    """The records as bytes of a session file."""
    return utf8("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def _records(text: bytes) -> Iterator[dict[str, Any]]:
    """The records in one line of the file: normally one, or all readable ones if several ran together."""
    line = text.decode("utf-8", "replace")
    for begin in islice(_RECORD_BEGINS.finditer(line), _MAX_RECORDS_PER_LINE):
        with suppress(ValueError, RecursionError):
            record, _ = _DECODER.raw_decode(line, begin.start())
            yield record


def _header(record: dict[str, Any], path: Path) -> Header:
    """Header from a record; missing values come from the file name and the modification time."""
    known = {"title": path.stem, "language": "en", "source": ""}
    known |= {name: record[name] for name in _TEXTS if isinstance(record.get(name), str)}
    named = _ID_STARTED.match(path.stem)
    started = _started(record) or (_started({"started": named[1]}) if named else None)
    return Header(**known, started=started or datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _started(record: dict[str, Any]) -> datetime | None:
    """Start time of a record; None if it is not a date or too extreme for time zone conversion."""
    try:
        started = datetime.fromisoformat(record["started"])
    except (KeyError, TypeError, ValueError):
        return None
    return started if _YEARS[0] <= started.year <= _YEARS[1] else None


def _stored_lines(records: Iterable[dict[str, Any]]) -> Iterator[StoredLine]:
    """The lines with unique ids and valid times."""
    taken: set[int] = set()
    for record in records:
        line = _line(record) if record["record"] == "line" else None
        if line is None:
            continue
        number = record.get("id")
        if not isinstance(number, int) or number in taken:
            number = max(taken, default=0) + 1
        taken.add(number)
        yield StoredLine(number, line)


def _line(record: dict[str, Any]) -> CaptionLine | None:
    """The line of a record with a text; invalid other values are replaced by defaults."""
    if not isinstance(record.get("text"), str):
        return None
    start_s = _clamped(record.get("start_s"), 0.0, _MAX_TIME_S)
    repaired = {
        "start_s": start_s,
        "end_s": _clamped(record.get("end_s"), start_s, _MAX_TIME_S),
        "confidence": _clamped(record.get("confidence"), 0.0, 1.0),
        **{name: str(record.get(name, "")) for name in ("speaker", "name")},
    }
    try:
        return CaptionLine.from_dict(record | repaired)
    except (KeyError, TypeError, ValueError):
        return None


def _clamped(value: object, least: float, most: float) -> float:
    """The value if it lies within the bounds, else the lower bound."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return least
    # NaN fails the comparison.
    return float(value) if least <= value <= most else least


def _ends_with_newline(descriptor: int, size: int) -> bool:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _write_all(descriptor: int, data: bytes) -> None:
    # On a nearly full disk write() may write only a part before it fails.
    while data:
        data = data[os.write(descriptor, data) :]
