"""Bounded queue between two stages that either side can close."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Queue of up to `capacity` items. When it is full, `put` blocks or drops the new item.

    `dropped`: number of dropped items, each counted as `worth` of it (1 by default).
    """

    def __init__(self, capacity: int, *, drops: bool, worth: Callable[[T], int] = lambda _: 1) -> None:
        self._items: deque[T] = deque()
        self._capacity, self._drops, self._worth = capacity, drops, worth
        self._change = threading.Condition()
        self._shut = False
        self.dropped = 0

    def put(self, item: T) -> bool:
        """Add an item. False if the mailbox is closed."""
        with self._change:
            if self._drops and not self._shut and len(self._items) >= self._capacity:
                self.dropped += self._worth(item)
                return True
            self._change.wait_for(lambda: self._shut or len(self._items) < self._capacity)
            if self._shut:
                return False
            self._items.append(item)
            self._change.notify_all()
            return True

    def shut(self, *, discard: bool = False) -> None:
        """Close the mailbox; queued items are still delivered unless `discard` is set."""
        with self._change:
            self._shut = True
            if discard:
                self._items.clear()
            self._change.notify_all()

    @property
    def waiting(self) -> int:
        """How many items wait."""
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._shut or bool(self._items))
                if not self._items:
                    return
                item = self._items.popleft()
                self._change.notify_all()
            yield item
