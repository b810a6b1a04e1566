"""Reduces work step by step when the computer cannot keep up with the source."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.tracking.effort import Effort
from klipnet_live.types import translatable

BEHIND_S = 0.16
"""Frames older than this after tracking mean overload."""

CAUGHT_UP_S = 0.08

_WORSE_AFTER_S = 0.4
_BETTER_AFTER_S = 4.0
_CATCHING_UP = 0.9


@dataclass(frozen=True, slots=True)
class Level:
    """How much work to do, and the message for the user."""

    effort: Effort
    preview_every: int
    message: str


LEVELS = (
    Level(Effort(), 1, ""),
    Level(Effort(), 4, translatable("the preview is shown less often")),
    Level(
        Effort(3, 16, 50, 10, landmarks_per_frame=2), 4, translatable("silent faces are followed less often")
    ),
    Level(Effort(6, 24, 75, 20, landmarks_per_frame=1), 8, translatable("faces are followed less often")),
)
"""First the preview slows down, then face search and silent faces, and speaking faces last."""


class Governor:
    """Steps down quickly while frames get older, and back up slowly. Pure: the clock is passed in."""

    def __init__(self) -> None:
        self._index = 0
        self._behind: tuple[float, float] | None = None
        self._well_since_s: float | None = None

    @property
    def level(self) -> Level:
        return LEVELS[self._index]

    def note(self, lag_s: float, now_s: float) -> None:
        """Report that a frame was tracked `lag_s` after its capture; `now_s`: any monotonic clock."""
        if self._is_overloaded(lag_s, now_s):
            self._step(+1)
        elif self._has_caught_up(lag_s, now_s):
            self._step(-1)

    def _is_overloaded(self, lag_s: float, now_s: float) -> bool:
        """Overload: frames are old and the lag does not shrink, as it would after a slow start."""
        if lag_s <= BEHIND_S:
            self._behind = None
            return False
        since_s, lag_then_s = self._behind = self._behind or (now_s, lag_s)
        if now_s - since_s < _WORSE_AFTER_S:
            return False
        self._behind = None
        return lag_s > _CATCHING_UP * lag_then_s

    def _has_caught_up(self, lag_s: float, now_s: float) -> bool:
        if lag_s >= CAUGHT_UP_S:
            self._well_since_s = None
            return False
        self._well_since_s = now_s if self._well_since_s is None else self._well_since_s
        return now_s - self._well_since_s >= _BETTER_AFTER_S

    def _step(self, by: int) -> None:
        self._index = min(max(self._index + by, 0), len(LEVELS) - 1)
        self._behind = self._well_since_s = None
