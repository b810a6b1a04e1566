"""What runs tasks: processes of this computer, or a cluster. Both are used in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from klipnet_live.batch.messages import Message, Task

Listener = Callable[[Message], None]
"""Called on a thread of the runner; the last message is `Done`, `Failed` or `Cancelled`."""


class Run(Protocol):
    """One task that was submitted."""

    def cancel(self) -> None:
        """End it at once, also while it runs."""


class Runner(Protocol):
    """Runs tasks in the order in which they were submitted."""

    def submit(self, task: Task, listener: Listener) -> Run: ...

    def close(self) -> None:
        """End everything at once; tasks that have not ended get no last message."""
