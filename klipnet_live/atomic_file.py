"""Files that are either the old ones or the new ones, never half of each."""

from __future__ import annotations

import os
from pathlib import Path

PART_SUFFIX = ".part"
"""Ends the name of what is not complete; a killed program leaves it behind."""

_ANYONE, _OWNER_ONLY = 0o666, 0o600


def write_atomically(
    path: Path, data: bytes | memoryview, *, durable: bool = True, private: bool = False
) -> None:
    """Replace the file at once. Raises OSError; `path` is then as before.

    `durable`: wait until it is on disk. `private`: only its owner may read it.
    """
    # Several programs may write the same file, each of them whole.
    part = path.with_name(f".{path.name}.{os.getpid()}{PART_SUFFIX}")

    def create(name: str, flags: int) -> int:
        return os.open(name, flags, _OWNER_ONLY if private else _ANYONE)

    try:
        with open(part, "wb", opener=create) as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
