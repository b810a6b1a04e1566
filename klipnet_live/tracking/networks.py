"""Pool of face networks, reused by successive trackers.

MediaPipe does not release all memory of a closed network: every new pair leaked 10 MB at first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from klipnet_live.tracking.faces import Detector, Landmarker


@dataclass(frozen=True, slots=True)
class Networks:
    """Used by one tracker at a time."""

    landmarker: Landmarker = field(default_factory=Landmarker)
    detector: Detector = field(default_factory=Detector)


_SPARE: list[Networks] = []


def borrow() -> Networks:
    """An unused pair, or a new one."""
    try:
        return _SPARE.pop()
    except IndexError:
        return Networks()


def give_back(networks: Networks) -> None:
    """Return a pair for the next tracker."""
    _SPARE.append(networks)
