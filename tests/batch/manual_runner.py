"""A runner of tasks that is driven by the test."""

from __future__ import annotations

from typing import Any

from klipnet_live.batch.runner import Listener


class ManualRunner:
    """A runner whose tasks end when the test says so."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.tasks: list[Any] = []
        self.cancelled: set[int] = set()

    def submit(self, task: Any, listener: Listener) -> _Run:
        self.tasks.append(task)
        self.listeners.append(listener)
        return _Run(self, len(self.tasks) - 1)

    def close(self) -> None: ...


class _Run:
    def __init__(self, runner: ManualRunner, number: int) -> None:
        self._runner, self._number = runner, number

    def cancel(self) -> None:
        self._runner.cancelled.add(self._number)
