"""Detects whether lips move, or rest while the head moves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from klipnet_live.lips.motion import lip_change
from klipnet_live.types import GreyImage

MOVING = 0.035
"""Minimum mean change of a crop, in standard deviations, that may be speech."""

SMOOTHED_OVER = 3
"""Number of frames over which the change of a crop is averaged."""

_STIRRING = MOVING / 2
"""Threshold for single frames of an open line: slow speech has frames with little motion."""


class LipMovement:
    """Processes the crops of one line in order.

    `moved_frames`: number of frames with lip motion. `window`: number of frames over which lips must be
    still, on a moving head, to be at rest.
    """

    def __init__(self, window: int) -> None:
        self.moved_frames = 0
        self._window = window
        self._before: GreyImage | None = None
        self._changes: deque[tuple[float, bool]] = deque(maxlen=window)

    def see(self, crops: Iterable[GreyImage]) -> None:
        """Process the next crops, each (50, 100)."""
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

        The model mistakes a swaying face for a speaking one, which would join sentences up to the maximum
        length.
        """
        swayed = sum(shifted for _, shifted in self._changes) > self._window / 2
        still = sum(lips for lips, _ in self._changes) < MOVING * self._window
        return len(self._changes) == self._window and swayed and still
