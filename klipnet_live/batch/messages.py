"""What a task that runs elsewhere says while it runs. Every value can be pickled and crosses processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class Problem:
    """A UserError as plain values. Numbers stay numbers, because templates format them."""

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
        """The same with `name` in place of the path or its last part: others see no path of the server."""

        def hidden(value: Any) -> Any:
            if not isinstance(value, str):
                return value
            return name if value == path.name else value.replace(str(path), name)

        return Problem(self.template, {key: hidden(value) for key, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Started:
    """The task left the queue."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the task is, 0 to 1."""

    part: float


@dataclass(frozen=True, slots=True)
class Said:
    """A caption event or a completed line: whatever the task hands out while it runs."""

    value: Any


@dataclass(frozen=True, slots=True)
class Note:
    """What the user should know although the task goes on."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Done:
    """The task ended well. `value`: what it returned."""

    value: Any = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The task ended with a problem; also when its process died."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The task was taken back before it ended."""


class CancelTask(BaseException):
    """Raised where a task reports, to end it."""


Message = Started | Progress | Said | Note | Done | Failed | Cancelled
Ended = Done | Failed | Cancelled

Report = Callable[[Message], None]
Task = Callable[[Report], Any]
"""A picklable callable. It reports `Progress`, `Said` and `Note`, and returns its result or raises."""
