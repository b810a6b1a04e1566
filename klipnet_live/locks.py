"""Locks that keep several windows of the app from corrupting each other's files.

Lock files live in a folder of their own, named by a hash of the locked path, so that the user's folders hold
only the user's files. Where locks are not available, as on some network drives, none are used.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import suppress
from pathlib import Path

import platformdirs
from filelock import BaseFileLock, FileLock, Timeout

from klipnet_live.atomic_file import make_private_folder

_WAIT_S = 2.0
"""Maximum wait for another window that holds the same lock."""

_POLL_S = 0.005


class ChangeLock:
    """Allows one thread of one process at a time to change a file or folder.

    Entering raises OSError if another process does not release the lock in time.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._processes: BaseFileLock | None = None

    def __enter__(self) -> None:
        self._threads.acquire()
        try:
            self._processes = self._processes or _file_lock(self._path, "change")
            self._processes.acquire(timeout=_WAIT_S, poll_interval=_POLL_S)
        except Timeout as error:
            self._threads.release()
            raise TimeoutError(f"another window is changing {self._path}") from error
        except (OSError, NotImplementedError):
            self._processes = None
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, *_: object) -> None:
        if self._processes is not None:
            self._processes.release()
        self._threads.release()


class RunningMark:
    """Marks a session as running, visible to other processes, until `release` or the end of this process."""

    def __init__(self, session: Path) -> None:
        self._session = session
        self._lock: BaseFileLock | None = None

    def acquire(self) -> None:
        """Set the mark. If that fails, another window may offer the session for recovery, which is
        harmless.
        """
        if self._lock is None:
            with suppress(OSError, NotImplementedError):
                lock = _file_lock(self._session, "running")
                lock.acquire(timeout=0)
                self._lock = lock

    def release(self) -> None:
        if self._lock is not None:
            _release(self._lock)
            self._lock = None


def runs_elsewhere(session: Path) -> bool:
    """Whether a running process owns this session."""
    try:
        lock = _file_lock(session, "running")
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except (OSError, NotImplementedError):
        return False
    _release(lock)
    return False


def _file_lock(path: Path, kind: str) -> BaseFileLock:
    """The lock file for a path. OSError if there is no folder for lock files."""
    folder = platformdirs.user_state_path("klipnet-live", appauthor=False) / "locks"
    make_private_folder(folder)
    name = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    # One thread uses a lock at a time, but not always the same thread.
    return FileLock(folder / f"{name}.{kind}", mode=0o600, thread_local=False)


def _release(lock: BaseFileLock) -> None:
    """Release a lock and remove its file."""
    path = Path(lock.lock_file)
    with suppress(OSError):
        path.unlink(missing_ok=True)
    lock.release()
    # Windows can only remove files that are not open.
    with suppress(OSError):
        path.unlink(missing_ok=True)
