"""Folders that a command writes to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klipnet_live.types import UserError


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
