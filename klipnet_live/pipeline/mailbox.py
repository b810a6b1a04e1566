"""What joins two stages: a bounded queue that can be shut from either side."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds up to `capacity` items. A full one makes the sender wait, or drops the new item.

    `dropped` adds up what the dropped items were worth: one each, or what `worth` says.
    """

    def __init__(self, capacity: int, *, drops: bool, worth: Callable[[T], int] = lambda _: 1) -> None:
        self._items: deque[T] = deque()
        self._capacity, self._drops, self._worth = capacity, drops, worth
        self._change = threading.Condition()
        self._shut = False
        self.dropped = 0

    def put(self, item: T) -> bool:
        """Send an item. False when nobody will read any more."""
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
        """No more items will come; those that wait are still delivered unless discarded."""
        with self._change:
            self._shut = True
            if discard:
                self._items.clear()
            self._change.notify_all()

    def __iter__(self) -> Iterator[T]:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._shut or bool(self._items))
                if not self._items:
                    return
                item = self._items.popleft()
                self._change.notify_all()
            yield item
