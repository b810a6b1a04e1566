"""Limits for the work of the tracker."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """Intervals in frames of 1/25 s. `landmarks_per_frame` limits the cost of one frame.

    Landmarks of a speaking mouth in every 2nd, 3rd or 4th frame gave the same word errors on GRID (32, 34 and
    33 of 138 words), since the pose is smoothed over 5 frames and more.
    """

    moving_every: int = 3
    restless_every: int = 8
    """For a still mouth whose crop has drifted since its last landmarks."""
    still_every: int = 25
    search_every: int = 5
    """In frames of the source, whatever its frame rate."""
    landmarks_per_frame: int = 4
