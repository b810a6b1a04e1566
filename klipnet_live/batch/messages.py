"""Messages of a task that runs in another process. All values can be pickled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class Problem:
    """A UserError as plain values. Numbers stay numbers for the template's format specifications."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, error: UserError) -> Self:
        plain = {
            key: value if isinstance(value, int | float) else str(value)
            for key, value in error.values.items()
        }
        return cls(error.template, plain)

    def error(self) -> UserError:
        return UserError(self.template, **self.values)

    def __str__(self) -> str:
        return self.template.format(**self.values)

    def renamed(self, path: Path, name: str) -> Problem:
        """The same with the path or its last part replaced by `name`: clients must not see server paths."""

        def hidden(value: Any) -> Any:
            if not isinstance(value, str):
                return value
            return name if value == path.name else value.replace(str(path), name)

        return Problem(self.template, {key: hidden(value) for key, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Started:
    """The task has left the queue."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of the task, 0 to 1."""

    part: float


@dataclass(frozen=True, slots=True)
class Said:
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


Message = Started | Progress | Said | Note | Done | Failed | Cancelled
Ended = Done | Failed | Cancelled

Report = Callable[[Message], None]
Task = Callable[[Report], Any]
"""Picklable callable that reports `Progress`, `Said` and `Note`, and returns a result or raises."""
