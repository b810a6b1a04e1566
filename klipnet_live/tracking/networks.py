"""The two face networks of a tracker, kept for the next one.

What mediapipe makes and closes it does not give back whole: every new pair left 10 MB behind at first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from klipnet_live.tracking.faces import Detector, Landmarker


@dataclass(frozen=True, slots=True)
class Networks:
    """One tracker at a time uses them."""

    landmarker: Landmarker = field(default_factory=Landmarker)
    detector: Detector = field(default_factory=Detector)


_SPARE: list[Networks] = []


def borrow() -> Networks:
    """A pair that nobody uses, a new one if there is none."""
    try:
        return _SPARE.pop()
    except IndexError:
        return Networks()


def give_back(networks: Networks) -> None:
    """For the next tracker."""
    _SPARE.append(networks)
