"""Divides long files into stretches, which are processed independently."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import av
import numpy as np

from klipnet_live.media.container import demuxed, length_s, may_be_joined, moving_pictures, opened, origin_s
from klipnet_live.media.timeline import MAX_STEP_S

STRETCH_S: Final = 900.0
"""Length of a stretch; files shorter than two of them are not divided."""

OVERLAP_S: Final = 15.0
"""More than the longest line: 12 s for lips, 14 s for sound."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a file, which owns everything that begins between `start_s` and `end_s`.

    Processing starts `overlap_s` earlier, so that faces are known at its start, and ends as much later, so
    that its last lines are complete.
    """

    start_s: float = 0.0
    end_s: float = math.inf
    overlap_s: float = OVERLAP_S

    @property
    def from_s(self) -> float:
        """Start of processing."""
        return max(0.0, self.start_s - self.overlap_s)

    @property
    def to_s(self) -> float:
        """End of processing."""
        return self.end_s + self.overlap_s


WHOLE: Final = Stretch()


@dataclass(frozen=True, slots=True)
class Division:
    """How to divide long files. The result depends only on the file, so all machines agree."""

    stretch_s: float = STRETCH_S
    overlap_s: float = OVERLAP_S

    def stretches_of(self, path: Path) -> tuple[Stretch, ...]:
        """Stretches of equal length; a single one if the file is short or its timestamps are not steady."""
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
    """Duration in seconds of a file that can be searched reliably: all timestamps increase in small steps.

    None for other files. Packets are read but not decoded.
    """
    stamps: dict[int, list[float]] = {}
    try:
        with opened(path) as container:
            if may_be_joined(container):
                return None
            streams = [*moving_pictures(container), *container.streams.audio[:1]]
            origin = origin_s(container)
            for packet in demuxed(container, streams):
                if packet.size == 0:
                    continue
                if packet.pts is None or packet.time_base is None:
                    return None
                stamps.setdefault(packet.stream_index, []).append(float(packet.pts * packet.time_base))
    except (av.FFmpegError, OSError, ValueError):
        return None
    times = [np.sort(np.array(track)) for track in stamps.values()]
    steady = all(np.all((np.diff(track) > 0) & (np.diff(track) <= MAX_STEP_S)) for track in times)
    return max(float(track[-1]) for track in times) - origin if times and steady else None
