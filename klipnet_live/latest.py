"""Passes the latest value from one thread to another."""

from __future__ import annotations

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Holds the newest value until it is taken; older values are dropped."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._value: T | None = None
        self._error: Exception | None = None

    def put(self, value: T) -> None:
        with self._changed:
            self._value = value
            self._changed.notify_all()

    def fail(self, error: Exception) -> None:
        """Make `take` raise this error after the last value has been taken."""
        with self._changed:
            self._error = error
            self._changed.notify_all()

    def take(self, timeout_s: float | None = 0.0) -> T | None:
        """The newest value; waits up to `timeout_s` (None: without limit), and gives None if there
        is none.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._value is not None or self._error is not None, timeout_s)
            value, self._value = self._value, None
            if value is None and self._error is not None:
                raise self._error
            return value
