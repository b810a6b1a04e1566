"""How much work the tracker may do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """How often to look, in frames of 1/25 s. `landmarks_per_frame` bounds what one frame may cost.

    Landmarks of a speaking mouth at every 2nd, 3rd or 4th frame gave the same word errors on GRID
    (32, 34 and 33 of 138 words): the pose is smoothed over 5 frames and more.
    """

    moving_every: int = 3
    restless_every: int = 8
    """For a still mouth whose picture has drifted since its landmarks were last found."""
    still_every: int = 25
    search_every: int = 5
    """Frames of the source, as fast or slow as they come."""
    landmarks_per_frame: int = 4
