"""Long files in stretches that are read one by one, at once, or on several machines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import av
import numpy as np

from klipnet_live.media.container import length_s, may_be_joined, moving_pictures, opened, origin_s
from klipnet_live.media.timeline import LONGEST_STEP_S

STRETCH_S: Final = 900.0
"""A file that is shorter than two of these is one stretch."""

OVERLAP_S: Final = 15.0
"""Longer than any line: lips are read for 12 s at a time, sound for 14 s."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a file. What begins at or after `start_s` and before `end_s` is its own.

    It is read from `overlap_s` before its start, so that faces are known by then, to as long after its end,
    so that its last lines are whole.
    """

    start_s: float = 0.0
    end_s: float = math.inf
    overlap_s: float = OVERLAP_S

    @property
    def from_s(self) -> float:
        """Where its reading begins."""
        return max(0.0, self.start_s - self.overlap_s)

    @property
    def to_s(self) -> float:
        """Where its reading ends."""
        return self.end_s + self.overlap_s


WHOLE: Final = Stretch()


@dataclass(frozen=True, slots=True)
class Division:
    """How long files are divided. It depends on nothing but the file, so every machine does the same."""

    stretch_s: float = STRETCH_S
    overlap_s: float = OVERLAP_S

    def stretches_of(self, path: Path) -> tuple[Stretch, ...]:
        """Stretches of equal length; only one where the file is short, or its times are not steady."""
        if (length_s(path) or 0.0) < 2 * self.stretch_s:
            return (WHOLE,)
        whole_s = _steady_s(path)
        count = int((whole_s or 0.0) / self.stretch_s)
        if whole_s is None or count < 2:
            return (WHOLE,)
        bounds = [whole_s * number / count for number in range(count)] + [math.inf]
        return tuple(Stretch(start_s, end_s, self.overlap_s) for start_s, end_s in pairwise(bounds))


STANDARD: Final = Division()


def _steady_s(path: Path) -> float | None:
    """The length in seconds of a file that can be entered anywhere: all its timestamps grow in small steps.

    None for others. Packets are read, not decoded.
    """
    stamps: dict[int, list[float]] = {}
    try:
        with opened(path) as container:
            if may_be_joined(container):
                return None
            streams = [*moving_pictures(container), *container.streams.audio[:1]]
            origin = origin_s(container)
            for packet in container.demux(streams):
                if packet.size == 0:
                    continue
                if packet.pts is None or packet.time_base is None:
                    return None
                stamps.setdefault(packet.stream_index, []).append(float(packet.pts * packet.time_base))
    except (av.FFmpegError, OSError, ValueError):
        return None
    times = [np.sort(np.array(track)) for track in stamps.values()]
    steady = all(np.all((np.diff(track) > 0) & (np.diff(track) <= LONGEST_STEP_S)) for track in times)
    return max(float(track[-1]) for track in times) - origin if times and steady else None
