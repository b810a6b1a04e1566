"""Common interface of local processes and clusters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from klipnet_live.batch.messages import Message, Task

Listener = Callable[[Message], None]
"""Called on a thread of the runner; the last message is `Done`, `Failed` or `Cancelled`."""


class RunningTask(Protocol):
    """A submitted task."""

    def cancel(self) -> None:
        """Cancel it immediately, even while it runs."""


class Runner(Protocol):
    """Runs tasks in the order of submission."""

    def submit(self, task: Task, listener: Listener) -> RunningTask: ...

    def close(self) -> None:
        """End everything immediately; unfinished tasks get no last message."""
