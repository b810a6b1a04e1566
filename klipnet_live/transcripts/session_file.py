"""One session on disk: JSON lines, a header, then one record for each completed line.

A process that dies can leave at most a torn last line; the next append begins on a fresh line. Of a damaged
file, every record that can be read is.
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
"""The last record of a session that ended as it should."""

LARGEST_BYTES = 64 << 20
"""A day of talk is about 2 MB."""

_LATEST_S = 1e8
_MOST_IN_A_LINE = 20
"""Records that ran together; more beginnings are no damage by chance, and would cost their square in time."""

_RECORD_BEGINS = re.compile(r'\{\s*"record"')
_ID_STARTED = re.compile(r"(\d{8}-\d{6})-")
_TEXTS = ("title", "language", "source")
_YEARS = (1971, 9000)
_DECODER = json.JSONDecoder()


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


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it was read. Not closed: it is still running, or its program died.

    `damaged`: parts of the file could not be read.
    """

    id: str
    header: Header
    lines: tuple[KeptLine, ...]
    closed: bool
    damaged: bool = False


def append(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Add records and wait until they are on disk. Raises OSError; the file is then as before."""
    data = encode(records)
    is_new = not path.exists()
    # A pipe that nobody reads would keep a descriptor waiting that may not be opened so.
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
            # Where even this fails, the next append steps over the torn line.
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)
    if is_new:
        sync_folder(path.parent)


def rewrite(path: Path, session: Session) -> None:
    """Replace the file by what the session now is, so that what was taken out is gone from the disk."""
    records = [session.header.record(), *(line.record() for line in session.lines)]
    write_atomically(path, encode(records + [CLOSED] * session.closed), private=True)


def read(path: Path) -> Session | None:
    """What can be read of the session in this file; None where that is nothing. Raises OSError.

    A session without a header that can be read takes its title and its begin from the file's name.
    """
    texts = [text for text in _content(path).split(b"\n") if text.strip()]
    found = [list(_records(text)) for text in texts]
    records = [record for few in found for record in few]
    header = next((record for record in records if record["record"] == "session"), {})
    lines = tuple(_kept_lines(records))
    whole = _started(header) is not None and all(isinstance(header.get(name), str) for name in _TEXTS)
    if not whole and not lines:
        return None
    closed = bool(records) and records[-1] == CLOSED
    return Session(path.stem, _header(header, path), lines, closed, damaged=not whole or not all(found))


def is_closed(path: Path) -> bool:
    """Whether the last record says that the session has ended; the rest is not read. Raises OSError."""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 2 * len(encode([CLOSED]))))
        last = file.read().rstrip().rpartition(b"\n")[2]
    return CLOSED in _records(last)


def is_ordinary(path: Path) -> bool:
    """Whether it is a file, or a link to one: a pipe would never answer."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _content(path: Path) -> bytes:
    if not is_ordinary(path) or path.stat().st_size > LARGEST_BYTES:
        raise OSError(f"{path} is no file of a session")
    return path.read_bytes()


def encode(records: Iterable[dict[str, Any]]) -> bytes:
    """The records as a file holds them."""
    return utf8("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def _records(text: bytes) -> Iterator[dict[str, Any]]:
    """The records in a line of the file: one, or what can be read of several that ran together."""
    line = text.decode("utf-8", "replace")
    for begin in islice(_RECORD_BEGINS.finditer(line), _MOST_IN_A_LINE):
        with suppress(ValueError, RecursionError):
            record, _ = _DECODER.raw_decode(line, begin.start())
            yield record


def _header(record: dict[str, Any], path: Path) -> Header:
    """What the record tells; what it does not, the file's name and date do."""
    known = {"title": path.stem, "language": "en", "source": ""}
    known |= {name: record[name] for name in _TEXTS if isinstance(record.get(name), str)}
    named = _ID_STARTED.match(path.stem)
    started = _started(record) or (_started({"started": named[1]}) if named else None)
    return Header(**known, started=started or datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _started(record: dict[str, Any]) -> datetime | None:
    """None for what is no date, or one that cannot be turned into the time of another place."""
    try:
        started = datetime.fromisoformat(record["started"])
    except (KeyError, TypeError, ValueError):
        return None
    return started if _YEARS[0] <= started.year <= _YEARS[1] else None


def _kept_lines(records: Iterable[dict[str, Any]]) -> Iterator[KeptLine]:
    """The lines, each with an id of its own and with times that make sense."""
    taken: set[int] = set()
    for record in records:
        line = _line(record) if record["record"] == "line" else None
        if line is None:
            continue
        number = record.get("id")
        if not isinstance(number, int) or number in taken:
            number = max(taken, default=0) + 1
        taken.add(number)
        yield KeptLine(number, line)


def _line(record: dict[str, Any]) -> CaptionLine | None:
    """The line of a record that holds a text; what is wrong beside the text costs only itself."""
    if not isinstance(record.get("text"), str):
        return None
    start_s = _number(record.get("start_s"), 0.0, _LATEST_S)
    mended = {
        "start_s": start_s,
        "end_s": _number(record.get("end_s"), start_s, _LATEST_S),
        "confidence": _number(record.get("confidence"), 0.0, 1.0),
        **{name: str(record.get(name, "")) for name in ("speaker", "name")},
    }
    try:
        return CaptionLine.from_dict(record | mended)
    except (KeyError, TypeError, ValueError):
        return None


def _number(value: object, least: float, most: float) -> float:
    """The value where it lies within these bounds, else the lower one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return least
    # Nothing is between these bounds and no number.
    return float(value) if least <= value <= most else least


def _ends_with_newline(descriptor: int, size: int) -> bool:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _write_all(descriptor: int, data: bytes) -> None:
    # On a disk that is nearly full, write() takes a part and only then fails.
    while data:
        data = data[os.write(descriptor, data) :]
