"""What to give up, and in which order, when the computer cannot keep up with the source."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_live.tracking.effort import Effort

BEHIND_S = 0.16
"""Frames that are this old once they were looked at: more work comes in than is done."""

CAUGHT_UP_S = 0.08

_WORSE_AFTER_S = 0.4
_BETTER_AFTER_S = 4.0
_CATCHING_UP = 0.9


@dataclass(frozen=True, slots=True)
class Level:
    """How thoroughly to work, and what the user is told of it."""

    effort: Effort
    preview_every: int
    message: str


LEVELS = (
    Level(Effort(), 1, ""),
    Level(Effort(), 4, "the preview is shown less often"),
    Level(Effort(3, 16, 50, 10, landmarks_per_frame=2), 4, "silent faces are followed less often"),
    Level(Effort(6, 24, 75, 20, landmarks_per_frame=1), 8, "faces are followed less often"),
)
"""The preview slows first, then the search for faces and the idle ones, last the speakers."""


class Governor:
    """Steps down quickly while frames grow old, and back up slowly. Pure: the clock is passed in."""

    def __init__(self) -> None:
        self._index = 0
        self._behind: tuple[float, float] | None = None
        self._well_since_s: float | None = None

    @property
    def level(self) -> Level:
        return LEVELS[self._index]

    def note(self, lag_s: float, now_s: float) -> None:
        """A frame was looked at `lag_s` after it was captured; `now_s` is on any steady clock."""
        if self._stays_behind(lag_s, now_s):
            self._step(+1)
        elif self._keeps_up(lag_s, now_s):
            self._step(-1)

    def _stays_behind(self, lag_s: float, now_s: float) -> bool:
        """Old frames, and they do not grow younger: what waited while the tracker started is no overload."""
        if lag_s <= BEHIND_S:
            self._behind = None
            return False
        since_s, lag_then_s = self._behind = self._behind or (now_s, lag_s)
        if now_s - since_s < _WORSE_AFTER_S:
            return False
        self._behind = None
        return lag_s > _CATCHING_UP * lag_then_s

    def _keeps_up(self, lag_s: float, now_s: float) -> bool:
        if lag_s >= CAUGHT_UP_S:
            self._well_since_s = None
            return False
        self._well_since_s = now_s if self._well_since_s is None else self._well_since_s
        return now_s - self._well_since_s >= _BETTER_AFTER_S

    def _step(self, by: int) -> None:
        self._index = min(max(self._index + by, 0), len(LEVELS) - 1)
        self._behind = self._well_since_s = None
