"""Shared by the commands: argument types, error reporting and output folders."""

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
    """argparse type: an integer of at least 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {number}")
    return number


def as_argument(path: Path) -> str:
    """A path as a command-line argument, quoted if it contains a space."""
    return subprocess.list2cmdline([str(path)])


def report_failure(name: str, error: BaseException) -> int:
    """Print in one line why the command `name` failed, and return its exit status."""
    _log.debug("a command failed", exc_info=error)
    if isinstance(error, MemoryError):
        error = UserError("Not enough memory: close other programs, or choose smaller sizes.")
    say(f"{name}: {as_user_error(error)}", sys.stderr)
    return 1


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Create the folder; turn an OSError, now or in the block, into a UserError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise UserError(
            "Cannot write to {folder}: {reason}. Fix this and run the command again, or choose another "
            "folder.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
