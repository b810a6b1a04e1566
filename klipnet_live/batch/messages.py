"""Messages of a task that runs in another process. All values can be pickled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from klipnet_live.errors import Problem


@dataclass(frozen=True, slots=True)
class Started:
    """The task has left the queue."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of the task, 0 to 1."""

    part: float


@dataclass(frozen=True, slots=True)
class PartialResult:
    """A caption event or a completed line."""

    value: Any


@dataclass(frozen=True, slots=True)
class Note:
    """A message for the user that does not stop the task."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Done:
    """The task succeeded. `value`: its return value."""

    value: Any = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The task failed, or its process died."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The task was cancelled."""


class CancelTask(BaseException):
    """Raised by `report` in order to cancel the task."""


Message = Started | Progress | PartialResult | Note | Done | Failed | Cancelled
Ended = Done | Failed | Cancelled

Report = Callable[[Message], None]
Task = Callable[[Report], Any]
"""Picklable callable that reports `Progress`, `PartialResult` and `Note`, and returns a result or raises."""
