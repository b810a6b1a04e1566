"""Decides when open lines are re-read, so that re-reading never delays new frames.

A large model needs more time to re-read a line the longer it is, and every speaker has a line. New frames
come first. The remaining time is shared: the line that has waited longest is next.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from klipnet_live.types import translatable

MAX_CREDIT_S = 0.5
"""Limit of the time for re-reading that accumulates while nobody speaks."""

LATE_FRAMES = 30
"""A line with this many frames since its last re-reading is late; lines ask every 6 or 20 frames."""

LATE_SHOWN_S = 3.0
"""How long the status reports a late line."""


class GrowingLine(Protocol):
    """An open line."""

    @property
    def unread_frames(self) -> int:
        """Number of frames since the line was last re-read."""


Line = TypeVar("Line", bound=GrowingLine)


class Rereading:
    """A token bucket that grants `share` seconds of re-reading per second.

    By default there is no limit, so that the same frames always give the same captions. `falls_behind`:
    whether frames are already queued, so that nothing may be re-read now.
    """

    def __init__(
        self,
        share: float = math.inf,
        falls_behind: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._share, self._falls_behind, self._clock = share, falls_behind, clock
        self._credit_s = MAX_CREDIT_S
        self._updated_s = clock()
        self._late_s = -math.inf

    @property
    def message(self) -> str:
        """Message for the user; empty while every line is re-read as often as it asks for."""
        late = self._clock() - self._late_s < LATE_SHOWN_S
        return translatable("captions are updated less often") if late else ""

    def in_turn(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The `lines` that may be re-read now. The time until the caller asks for the next one is charged."""
        for line in sorted(lines, key=lambda line: -line.unread_frames):
            now_s = self._clock()
            self._add_credit(now_s)
            if self._credit_s <= 0 or self._falls_behind():
                if line.unread_frames >= LATE_FRAMES:
                    self._late_s = now_s
                continue
            yield line
            if self._share < math.inf:
                self._credit_s -= self._clock() - now_s

    def _add_credit(self, now_s: float) -> None:
        passed_s, self._updated_s = now_s - self._updated_s, now_s
        if passed_s > 0:
            self._credit_s = min(MAX_CREDIT_S, self._credit_s + self._share * passed_s)
