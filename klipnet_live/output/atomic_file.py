"""Files that are either the old ones or the new ones, never half of each."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klipnet_live.types import UserError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_atomically(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replace the file at once. Raises OSError; `path` is then as before.

    `durable`: wait until it is on disk.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def telling_the_user(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into one line that says the way out."""
    try:
        yield
    except OSError as problem:
        raise file_problem(path, problem) from problem


def file_problem(path: Path, problem: OSError) -> UserError:
    """The file system's refusal in words for the user."""
    if problem.errno in NO_ROOM:
        return UserError(
            "There is no room left to write {path}: free some disk space or choose another folder.",
            path=path,
        )
    if isinstance(problem, FileNotFoundError):
        return UserError(
            "The folder {folder} does not exist: create it or choose another one.", folder=path.parent
        )
    if isinstance(problem, PermissionError):
        return UserError(
            "{path} may not be written: choose another folder, or close the program that has it open.",
            path=path,
        )
    return UserError(
        "{path} could not be written ({reason}): choose another folder.",
        path=path,
        reason=problem.strerror or problem,
    )
