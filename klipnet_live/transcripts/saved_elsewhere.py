"""Lines that a session's folder refused to the end: written to another place, and taken back from there."""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from klipnet_live.atomic_file import write_atomically
from klipnet_live.transcripts.session_file import SUFFIX, encode

_PREFIX = "klipnet-live-"
_NAME = re.compile(rf"{_PREFIX}(\d{{8}}-\d{{6}}-[0-9a-f]{{6}}{re.escape(SUFFIX)})")
_FOLDER = "folder"
"""Key of the header: where the session belongs."""

_LONGEST_HEADER = 65_536

_PLACES: Sequence[Callable[[], Path]] = (Path.home, lambda: Path(tempfile.gettempdir()), Path.cwd)


def save(session: Path, header: dict[str, Any], records: Sequence[dict[str, Any]]) -> Path | None:
    """Write records of a session where there is room; the path, or None where there is no room anywhere."""
    data = encode([header | {_FOLDER: str(session.parent.absolute())}, *records])
    for place in _PLACES:
        with suppress(OSError, RuntimeError):
            path = place() / f"{_PREFIX}{session.name}"
            write_atomically(path, data, private=True)
            return path
    return None


def saved(folder: Path) -> Iterator[tuple[Path, Path]]:
    """What was saved of sessions of this folder: each file, and the session to which its lines belong."""
    for place in _PLACES:
        with suppress(OSError, RuntimeError):
            for path in sorted(place().glob(f"{_PREFIX}*{SUFFIX}")):
                name = _NAME.fullmatch(path.name)
                if name and _is_own(path) and _home_of(path) == str(folder.absolute()):
                    yield path, folder / name[1]


def _is_own(path: Path) -> bool:
    """A file, no link, of this user: in a folder that all share, others may have put one there."""
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and (not hasattr(os, "geteuid") or found.st_uid == os.geteuid())


def _home_of(path: Path) -> object:
    with suppress(ValueError, RecursionError), path.open("rb") as file:
        header = json.loads(file.readline(_LONGEST_HEADER))
        return header.get(_FOLDER) if isinstance(header, dict) else None
    return None
