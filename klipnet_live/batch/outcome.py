"""Runs a task and converts its end to a message."""

from __future__ import annotations

from klipnet_live.batch.messages import Cancelled, CancelTask, Done, Ended, Failed, Report, Task
from klipnet_live.errors import Problem, as_user_error
from klipnet_live.types import UserError


def outcome(task: Task, report: Report) -> Ended:
    """Run a task; exceptions become messages."""
    try:
        return Done(task(report))
    except CancelTask:
        return Cancelled()
    except MemoryError:
        error = UserError(
            "This recording needs more memory than allowed. Try a copy with a lower resolution."
        )
        return Failed(Problem.of(error))
    except Exception as error:
        return Failed(Problem.of(as_user_error(error)))
