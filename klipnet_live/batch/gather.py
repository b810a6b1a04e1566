"""Collects the results of several tasks as they complete."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Sequence
from typing import TypeVar

from klipnet_live.batch.messages import Ended, Message, Report, Task
from klipnet_live.batch.runner import Runner

T = TypeVar("T", bound=Task)


def ends_of(runner: Runner, tasks: Sequence[T]) -> Iterator[tuple[T, Ended]]:
    """Each task with its last message, in order of completion. Closing the iterator cancels the rest."""
    ended: queue.SimpleQueue[tuple[T, Ended]] = queue.SimpleQueue()

    def listener(task: T) -> Report:
        def listen(message: Message) -> None:
            if isinstance(message, Ended):
                ended.put((task, message))

        return listen

    runs = [runner.submit(task, listener(task)) for task in tasks]
    try:
        for _ in tasks:
            yield ended.get()
    except BaseException:
        for run in runs:
            run.cancel()
        raise
