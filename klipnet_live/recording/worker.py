"""Work on threads of its own, which ends with the first error."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from klipnet_live.errors import as_user_error
from klipnet_live.types import UserError


class Worker(ABC):
    """Runs each task on a daemon thread. No call but `join` blocks."""

    def __init__(self, *tasks: Callable[[], None]) -> None:
        self._problem: UserError | None = None
        self._threads = [
            threading.Thread(target=self._guard, args=(task,), name=task.__qualname__, daemon=True)
            for task in tasks
        ]

    @property
    def running(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    @abstractmethod
    def stop(self) -> None:
        """Ask all threads to end, and return at once."""

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until all threads have ended; False after `timeout_s` in total."""
        deadline_s = None if timeout_s is None else time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(None if deadline_s is None else max(0.0, deadline_s - time.monotonic()))
        return not self.running

    def _guard(self, task: Callable[[], None]) -> None:
        try:
            task()
        except Exception as error:
            self._problem = as_user_error(error)
        finally:
            self.stop()
