"""What the file system refuses, in words for the user."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klipnet_live.types import UserError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


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
    if isinstance(problem, FileNotFoundError) and not path.parent.is_dir():
        return UserError(
            "The folder {folder} does not exist: create it or choose another one.", folder=path.parent
        )
    # Folders such as /proc hold no files of ours, and say that there are none.
    if isinstance(problem, (PermissionError, FileNotFoundError)):
        return UserError(
            "{path} may not be written: choose another folder, or close the program that has it open.",
            path=path,
        )
    return UserError(
        "{path} could not be written ({reason}): choose another folder.",
        path=path,
        reason=problem.strerror or problem,
    )
