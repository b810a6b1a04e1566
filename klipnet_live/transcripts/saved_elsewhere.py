"""Saves lines that could not be written to the session folder in another place, and finds them again."""

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
"""Key of the header: the folder of the session."""

_MAX_HEADER_BYTES = 65_536

_PLACES: Sequence[Callable[[], Path]] = (Path.home, lambda: Path(tempfile.gettempdir()), Path.cwd)


def save(session: Path, header: dict[str, Any], records: Sequence[dict[str, Any]]) -> Path | None:
    """Write records of a session to the first place with enough space; its path, or None if there is none."""
    data = encode([header | {_FOLDER: str(session.parent.absolute())}, *records])
    for place in _PLACES:
        with suppress(OSError, RuntimeError):
            path = place() / f"{_PREFIX}{session.name}"
            write_atomically(path, data, private=True)
            return path
    return None


def saved(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Saved files of sessions of this folder, each with the path of its session."""
    for place in _PLACES:
        with suppress(OSError, RuntimeError):
            for path in sorted(place().glob(f"{_PREFIX}*{SUFFIX}")):
                name = _NAME.fullmatch(path.name)
                if name and _is_own(path) and _home_of(path) == str(folder.absolute()):
                    yield path, folder / name[1]


def _is_own(path: Path) -> bool:
    """Whether it is a regular file of this user: in a shared folder it may have been planted by others."""
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and (not hasattr(os, "geteuid") or found.st_uid == os.geteuid())


def _home_of(path: Path) -> object:
    with suppress(ValueError, RecursionError), path.open("rb") as file:
        header = json.loads(file.readline(_MAX_HEADER_BYTES))
        return header.get(_FOLDER) if isinstance(header, dict) else None
    return None
