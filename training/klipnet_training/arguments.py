"""What the commands share: values on the command line, and folders to write to."""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klipnet_live.errors import as_user_error
from klipnet_live.plain_text import say
from klipnet_live.types import UserError

_log = logging.getLogger(__name__)


def positive(text: str) -> int:
    """A count of at least one, as argparse asks for it."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {number}")
    return number


def as_argument(path: Path) -> str:
    """A path as a command line takes it, in quotes where it holds a blank."""
    return subprocess.list2cmdline([str(path)])


def told(name: str, error: BaseException) -> int:
    """Say in one line why the command `name` has failed; its exit status."""
    _log.debug("a command failed", exc_info=error)
    if isinstance(error, MemoryError):
        error = UserError("There is not enough memory: close other programs, or choose smaller sizes.")
    say(f"{name}: {as_user_error(error)}", sys.stderr)
    return 1


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Make the folder; what the file system refuses then and later becomes a UserError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise UserError(
            "Cannot write to {folder}: {reason}. Mend that and run the command again, or choose another "
            "folder.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
