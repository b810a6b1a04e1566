"""A task of a runner as a call: it returns what the task returns, or raises what it raises."""

from __future__ import annotations

import queue
import time
from contextlib import suppress
from typing import Any

from klipnet_live.batch.messages import Cancelled, Done, Ended, Failed, Message, Note, Progress, Task
from klipnet_live.batch.runner import Runner
from klipnet_live.export.video_copy import CancelledError, Reporter

_POLL_S = 0.1

_END_S = 1.5
"""Time for a cancelled task to end."""


def result_of(task: Task, runner: Runner, reporter: Reporter) -> Any:
    """The task's result; progress and notes go to `reporter`. Raises UserError and CancelledError.

    Anything that interrupts the wait cancels the task.
    """
    messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
    run = runner.submit(task, messages.put)
    try:
        while True:
            if reporter.cancelled():
                raise CancelledError
            with suppress(queue.Empty):
                match messages.get(timeout=_POLL_S):
                    case Progress(part):
                        reporter.progress(part)
                    case Note(problem):
                        reporter.note(problem.error())
                    case Done(value):
                        return value
                    case Failed(problem):
                        raise problem.error()
                    case Cancelled():
                        raise CancelledError
    except BaseException:
        run.cancel()
        _wait_for_the_end(messages)
        raise


def _wait_for_the_end(messages: queue.SimpleQueue[Message]) -> None:
    deadline_s = time.monotonic() + _END_S
    with suppress(queue.Empty):
        while not isinstance(messages.get(timeout=max(0.0, deadline_s - time.monotonic())), Ended):
            pass
