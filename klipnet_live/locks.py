"""What keeps two windows of the app from spoiling each other's files.

The locks lie in a folder of their own, by a hash of what they stand for: a folder of the user's holds only
what is theirs. Where there can be no locks, as in some network folders, everything works as if alone.
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
"""For another window that changes the same thing at this moment."""

_POLL_S = 0.005


class ChangeLock:
    """Lets one thread of one process change a file or a folder at a time.

    Entering raises OSError where another process does not let go of it.
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
    """Says to other processes that a session runs, until it is taken off or this process ends."""

    def __init__(self, session: Path) -> None:
        self._session = session
        self._lock: BaseFileLock | None = None

    def put_on(self) -> None:
        """Without it, another window may offer the session as cut off; nothing is lost by that."""
        if self._lock is None:
            with suppress(OSError, NotImplementedError):
                lock = _file_lock(self._session, "running")
                lock.acquire(timeout=0)
                self._lock = lock

    def take_off(self) -> None:
        if self._lock is not None:
            _end(self._lock)
            self._lock = None


def runs_elsewhere(session: Path) -> bool:
    """Whether a living process keeps this session."""
    try:
        lock = _file_lock(session, "running")
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except (OSError, NotImplementedError):
        return False
    _end(lock)
    return False


def _file_lock(path: Path, kind: str) -> BaseFileLock:
    """Raises OSError where there is no folder for locks."""
    folder = platformdirs.user_state_path("klipnet-live", appauthor=False) / "locks"
    make_private_folder(folder)
    name = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    # Each is used by one thread at a time, though not always by the same one.
    return FileLock(folder / f"{name}.{kind}", mode=0o600, thread_local=False)


def _end(lock: BaseFileLock) -> None:
    """Let go of a lock that nobody waits for, and of its file."""
    path = Path(lock.lock_file)
    with suppress(OSError):
        path.unlink(missing_ok=True)
    lock.release()
    # On Windows only what nobody has open can be removed.
    with suppress(OSError):
        path.unlink(missing_ok=True)
