"""Exceptions as messages for the user."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from klipnet_live.types import UserError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Problem:
    """A UserError as plain values that can be sent to another process.

    Numbers stay numbers, for the format specifications of the template.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, error: UserError) -> Self:
        plain = {
            key: value if isinstance(value, int | float) else str(value)
            for key, value in error.values.items()
        }
        return cls(error.template, plain)

    def error(self) -> UserError:
        return UserError(self.template, **self.values)

    def __str__(self) -> str:
        return self.template.format(**self.values)

    def renamed(self, path: Path, name: str) -> Problem:
        """The same with the path or its last part replaced by `name`: clients must not see server paths."""

        def hidden(value: Any) -> Any:
            if not isinstance(value, str):
                return value
            return name if value == path.name else value.replace(str(path), name)

        return Problem(self.template, {key: hidden(value) for key, value in self.values.items()})


def as_user_error(error: BaseException) -> UserError:
    """A UserError is returned unchanged; any other exception becomes a message with a remedy."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, OSError) and error.filename and error.strerror:
        return UserError(
            "Cannot use {path} ({reason}). Choose another file or allow this program to use it.",
            path=error.filename,
            reason=error.strerror,
        )
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return UserError("There is no space left for the output. Free some disk space and try again.")
    if isinstance(error, RuntimeError) and "home directory" in str(error):
        return UserError("There is no home folder for the settings. Set HOME to a folder of yours.")
    if isinstance(error, MemoryError):
        return UserError("There is not enough memory. Close other programs or choose a smaller file.")
    reason = f"{type(error).__name__}: {error}"
    return UserError("Something went wrong: {reason}. Start the program again.", reason=reason)


@contextmanager
def file_errors_as_user_errors(path: Path) -> Iterator[None]:
    """Convert file system errors on `path` to UserError."""
    try:
        yield
    except OSError as problem:
        raise file_problem(path, problem) from problem


def file_problem(path: Path, problem: OSError) -> UserError:
    """The message for a file system error."""
    if problem.errno in NO_ROOM:
        return UserError(
            "There is no space left to write {path}. Free some disk space or choose another folder.",
            path=path,
        )
    if isinstance(problem, FileNotFoundError) and not path.parent.is_dir():
        return UserError(
            "The folder {folder} does not exist. Create it or choose another one.", folder=path.parent
        )
    # In folders such as /proc, creating a file fails with FileNotFoundError.
    if isinstance(problem, (PermissionError, FileNotFoundError)):
        return UserError(
            "No permission to write {path}. Choose another folder, or close the program that has it open.",
            path=path,
        )
    return UserError(
        "Cannot write {path} ({reason}). Choose another folder.",
        path=path,
        reason=problem.strerror or problem,
    )
