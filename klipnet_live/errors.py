"""Failures as messages for the user."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klipnet_live.types import UserError


def as_user_error(error: BaseException) -> UserError:
    """The user's mistake as it is, anything else with the way out."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, OSError) and error.filename and error.strerror:
        return UserError(
            "{path} cannot be used ({reason}): choose another one, or allow this program to use it.",
            path=error.filename,
            reason=error.strerror,
        )
    if isinstance(error, RuntimeError) and "home directory" in str(error):
        return UserError("There is no home folder to keep settings in: set HOME to a folder of yours.")
    if isinstance(error, MemoryError):
        return UserError("There is not enough memory: close other programs, or choose a smaller file.")
    reason = f"{type(error).__name__}: {error}"
    return UserError("Something went wrong: {reason}. Start again.", reason=reason)


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def file_errors_as_user_errors(path: Path) -> Iterator[None]:
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
