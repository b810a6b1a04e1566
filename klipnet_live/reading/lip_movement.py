"""Whether the lips of a line move, or rest while the head moves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from klipnet_live.lips.motion import lip_change
from klipnet_live.types import GreyImage

MOVING = 0.035
"""Mean change of a crop, in its standard deviations, above which lips may be speaking."""

SMOOTHED_OVER = 3
"""Frames over which the change of a crop is averaged."""

_STIRRING = MOVING / 2
"""The same for a single frame of an open line: slow speech has frames that move little."""


class LipMovement:
    """Sees the crops of one line in their order.

    `moved_frames`: in how many of them the lips moved. `window`: frames over which lips that do not move, on
    a head that does, are at rest.
    """

    def __init__(self, window: int) -> None:
        self.moved_frames = 0
        self._window = window
        self._before: GreyImage | None = None
        self._changes: deque[tuple[float, bool]] = deque(maxlen=window)

    def see(self, crops: Iterable[GreyImage]) -> None:
        """The next crops, each (50, 100)."""
        for crop in crops:
            before, self._before = self._before, crop
            if before is None:
                continue
            lips, shifted = lip_change(before, crop)
            self._changes.append((lips, shifted))
            self.moved_frames += lips > (MOVING if shifted else _STIRRING)

    @property
    def rests(self) -> bool:
        """Whether the lips rest while the head moves.

        The model takes a face that sways for one that speaks: it would join sentences up to the longest line.
        """
        swayed = sum(shifted for _, shifted in self._changes) > self._window / 2
        still = sum(lips for lips, _ in self._changes) < MOVING * self._window
        return len(self._changes) == self._window and swayed and still
