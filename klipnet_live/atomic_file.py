"""Atomic file writes: a file has either its old or its new content. All files are written through here."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from klipnet_live.plain_text import shortened

PART_SUFFIX = ".part"
"""Suffix of incomplete files; a killed program leaves them behind."""

_OWNER_ONLY = 0o600
_SHOWN_BYTES = 100
"""Bytes of the target's name within the name of its part; a long name would exceed the limit."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_swept: set[Path] = set()


def write_atomically(
    path: Path, data: bytes | memoryview, *, durable: bool = True, private: bool = False
) -> None:
    """Replace the file atomically. On OSError `path` is unchanged.

    `durable`: wait until the data is on disk. `private`: readable by the owner only.
    """
    with replacing(path, durable=durable, private=private) as part, part.open("r+b") as file:
        file.write(data)


@contextmanager
def replacing(path: Path, *, durable: bool = True, private: bool = False) -> Iterator[Path]:
    """Context manager around `Replacement`: commits when the block ends without an exception."""
    replacement = Replacement(path, durable=durable, private=private)
    try:
        yield replacement.part
        replacement.commit()
    finally:
        replacement.discard()


class Replacement:
    """An empty file, `part`, that replaces `path` on commit.

    It keeps the permissions of the file it replaces. If `path` is a symbolic link of the user's own, its
    target is replaced. All methods raise OSError, also if the target is not a regular file, such as a pipe.
    """

    def __init__(self, path: Path, *, durable: bool = True, private: bool = False) -> None:
        self._target = _target_of(path)
        self._durable, self._private = durable, private
        if self._target not in _swept:
            _swept.add(self._target)
            _sweep_for(self._target)
        self.part, self._descriptor = _created(self._target)

    def commit(self) -> None:
        """Make the complete part the new file."""
        _set_permissions(self._descriptor, self._target, self._private)
        if self._durable:
            os.fsync(self._descriptor)
        if sys.platform == "win32":
            # On Windows an open file cannot be renamed.
            self._close()
        try:
            self.part.replace(self._target)
        except OSError:
            with suppress(OSError):
                self.part.unlink(missing_ok=True)
            raise
        if self._durable:
            sync_folder(self._target.parent)
        self._close()

    def discard(self) -> None:
        """Remove the part if it was not committed."""
        if self._descriptor >= 0:
            self._close()
            with suppress(OSError):
                self.part.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def remove(path: Path) -> None:
    """Delete a file durably, so that it stays deleted after a power failure. Raises OSError."""
    path.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's directory entries to disk, if the system supports it."""
    if sys.platform == "win32":
        return
    # Some network file systems do not support it.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | _NO_LINK)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path, name: str | None = None) -> None:
    """Remove parts that killed programs left behind, of the file `name` or of all files in the folder."""
    begin = r"\..*" if name is None else re.escape(f".{shortened(name, _SHOWN_BYTES)}")
    left_behind = re.compile(begin + r"(\.[0-9a-f]+)?" + re.escape(PART_SUFFIX), re.DOTALL)
    with suppress(OSError):
        for part in [entry.path for entry in os.scandir(folder) if left_behind.fullmatch(entry.name)]:
            with suppress(OSError):
                _remove_abandoned(part)


def remove_parts_of(path: Path) -> None:
    """Remove what killed programs left behind when they were writing this file."""
    with suppress(OSError):
        _sweep_for(_target_of(path))


def _sweep_for(target: Path) -> None:
    sweep(target.parent, target.name)


def make_private_folder(folder: Path) -> None:
    """Create a missing folder and its missing parents with access for the owner only. Raises OSError."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)


def _target_of(path: Path) -> Path:
    """The regular file to replace, or the path of a new one."""
    if path.is_symlink():
        # In a world-writable folder another user's link could choose which file is overwritten.
        if hasattr(os, "geteuid") and path.lstat().st_uid not in (os.geteuid(), 0):
            raise OSError(errno.ELOOP, "it is a link of another user", str(path))
        path = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    return path


def _created(target: Path) -> tuple[Path, int]:
    """Create a file beside the target with an unpredictable name; returns it and a locked descriptor."""
    while True:
        name = f".{shortened(target.name, _SHOWN_BYTES)}.{secrets.token_hex(8)}{PART_SUFFIX}"
        part = target.with_name(name)
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK, _OWNER_ONLY)
        _lock(descriptor, wait=True)
        # Another process may have removed it before it was locked.
        if os.fstat(descriptor).st_nlink:
            return part, descriptor
        os.close(descriptor)


def _remove_abandoned(part: str) -> None:
    """Remove a part unless a program has it open, in which case it raises OSError."""
    if sys.platform == "win32":
        os.unlink(part)
        return
    if not stat.S_ISREG(os.lstat(part).st_mode):
        return
    descriptor = os.open(part, os.O_RDONLY | os.O_NONBLOCK | _NO_LINK)
    try:
        _lock(descriptor, wait=False)
        os.unlink(part)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> None:
    """Lock a file that is being written; not needed on Windows. Raises OSError if another process has it."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as problem:
        # Some network file systems do not support locks.
        if not wait or problem.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL):
            raise


def _set_permissions(descriptor: int, target: Path, private: bool) -> None:
    if sys.platform == "win32":
        return
    try:
        before = target.lstat()
    except FileNotFoundError:
        os.fchmod(descriptor, _OWNER_ONLY if private else 0o666 & ~_umask())
        return
    if os.geteuid() == 0:
        # A file rewritten by root stays the user's file.
        os.fchown(descriptor, before.st_uid, before.st_gid)
    os.fchmod(descriptor, _OWNER_ONLY if private else stat.S_IMODE(before.st_mode) & 0o777)


def _umask() -> int:
    """Permission bits that new files of this process lack."""
    if sys.platform == "linux":
        # os.umask() would change it for a moment, also for other threads.
        with suppress(OSError, ValueError, IndexError):
            status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
            return int(status.partition("Umask:")[2].split()[0], 8)
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
