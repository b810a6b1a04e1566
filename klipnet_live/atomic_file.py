"""Files that are either the old ones or the new ones, never half of each. All files are written here."""

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
"""Ends the name of what is not complete; a killed program leaves it behind."""

_OWNER_ONLY = 0o600
_SHOWN_BYTES = 100
"""Of the name in the name of its part: the whole of a long one would leave no room."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_swept: set[Path] = set()


def write_atomically(
    path: Path, data: bytes | memoryview, *, durable: bool = True, private: bool = False
) -> None:
    """Replace the file at once. Raises OSError; `path` is then as before.

    `durable`: wait until it is on disk. `private`: only its owner may read it.
    """
    with replacing(path, durable=durable, private=private) as part, part.open("r+b") as file:
        file.write(data)


@contextmanager
def replacing(path: Path, *, durable: bool = True, private: bool = False) -> Iterator[Path]:
    """As `Replacement`, for a block that writes the part: it replaces `path` when the block ends well."""
    replacement = Replacement(path, durable=durable, private=private)
    try:
        yield replacement.part
        replacement.commit()
    finally:
        replacement.discard()


class Replacement:
    """An empty file, `part`, that takes the place of `path` when it is committed.

    It keeps the rights of the file that it replaces; a link of the user's own stays one, and what it points
    to is replaced. All methods raise OSError, also for what is no ordinary file, such as a pipe or a device.
    """

    def __init__(self, path: Path, *, durable: bool = True, private: bool = False) -> None:
        self._target = _target_of(path)
        self._durable, self._private = durable, private
        if self._target not in _swept:
            _swept.add(self._target)
            sweep(self._target.parent, self._target.name)
        self.part, self._descriptor = _created(self._target)

    def commit(self) -> None:
        """The part is complete: from now on it is the file."""
        _give_rights(self._descriptor, self._target, self._private)
        if self._durable:
            os.fsync(self._descriptor)
        if sys.platform == "win32":
            # There no open file can be renamed.
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
        """Nothing is left of a part that was not committed; of one that was, nothing changes."""
        if self._descriptor >= 0:
            self._close()
            with suppress(OSError):
                self.part.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def remove(path: Path) -> None:
    """Take a file away, so that it stays away after a power cut. Raises OSError."""
    path.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk, where the system can do so."""
    if sys.platform == "win32":
        return
    # Some network file systems refuse it.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | _NO_LINK)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path, name: str | None = None) -> None:
    """Take away what killed programs left of the file `name`, or of all files, in a folder."""
    begin = r"\..*" if name is None else re.escape(f".{shortened(name, _SHOWN_BYTES)}")
    left_behind = re.compile(begin + r"(\.[0-9a-f]+)?" + re.escape(PART_SUFFIX), re.DOTALL)
    with suppress(OSError):
        for part in [entry.path for entry in os.scandir(folder) if left_behind.fullmatch(entry.name)]:
            with suppress(OSError):
                _remove_abandoned(part)


def make_private_folder(folder: Path) -> None:
    """Make a missing folder, and those above it, for their owner alone. Raises OSError."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)


def _target_of(path: Path) -> Path:
    """The ordinary file that is replaced, or the place of a new one."""
    if path.is_symlink():
        # In a folder that everyone writes to, somebody else's link would choose what is overwritten.
        if hasattr(os, "geteuid") and path.lstat().st_uid not in (os.geteuid(), 0):
            raise OSError(errno.ELOOP, "it is a link of another user", str(path))
        path = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    return path


def _created(target: Path) -> tuple[Path, int]:
    """A new file beside the target under a name that nobody could foresee, and an open, locked descriptor."""
    while True:
        name = f".{shortened(target.name, _SHOWN_BYTES)}.{secrets.token_hex(8)}{PART_SUFFIX}"
        part = target.with_name(name)
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK, _OWNER_ONLY)
        _lock(descriptor, wait=True)
        # Another program may have swept it away before it was locked.
        if os.fstat(descriptor).st_nlink:
            return part, descriptor
        os.close(descriptor)


def _remove_abandoned(part: str) -> None:
    """Remove a part that no program has open. Raises OSError where one has."""
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
    """Show that this program writes here; Windows shows it by itself. Raises OSError where another does."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as problem:
        # Some network file systems have no locks.
        if not wait or problem.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL):
            raise


def _give_rights(descriptor: int, target: Path, private: bool) -> None:
    if sys.platform == "win32":
        return
    try:
        before = target.lstat()
    except FileNotFoundError:
        os.fchmod(descriptor, _OWNER_ONLY if private else 0o666 & ~_umask())
        return
    if os.geteuid() == 0:
        # What an administrator writes stays the user's.
        os.fchown(descriptor, before.st_uid, before.st_gid)
    os.fchmod(descriptor, _OWNER_ONLY if private else stat.S_IMODE(before.st_mode) & 0o777)


def _umask() -> int:
    """The rights that new files of this process lack."""
    if sys.platform == "linux":
        # Asking the system otherwise sets it for a moment, also for other threads.
        with suppress(OSError, ValueError, IndexError):
            status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
            return int(status.partition("Umask:")[2].split()[0], 8)
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
