"""A task of a runner as a function call: returns what the task returns, raises what it raises."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from klipnet_live.atomic_file import remove_parts_of
from klipnet_live.batch.divided import submit_video
from klipnet_live.batch.messages import Cancelled, Done, Ended, Failed, Message, Note, Progress
from klipnet_live.batch.runner import Listener, Runner, RunningTask
from klipnet_live.batch.tasks import ReadVideo, WriteCaptions
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.video_copy import CancelledError, Reporter

_POLL_S = 0.1

_END_S = 1.5
"""Time limit for the end of a cancelled task."""


def read_video(task: ReadVideo, runner: Runner, reporter: Reporter) -> list[CaptionLine]:
    """The completed lines of a recording. Raises UserError and CancelledError."""
    lines: list[CaptionLine] = _result(lambda listener: submit_video(runner, task, listener), reporter)
    return lines


def write_captions(task: WriteCaptions, runner: Runner, reporter: Reporter) -> None:
    """Write captions; nothing incomplete is left behind. Raises UserError and CancelledError."""
    try:
        _result(lambda listener: runner.submit(task, listener), reporter)
    except BaseException:
        # A process that crashed or was killed could not do it.
        remove_parts_of(task.target)
        raise


def _result(submit: Callable[[Listener], RunningTask], reporter: Reporter) -> Any:
    """The result of a task; anything that interrupts the wait cancels it."""
    messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
    run = submit(messages.put)
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
