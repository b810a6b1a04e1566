"""Rates, latencies and losses of a running pipeline."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from statistics import median

from klipnet_live.types import UserError

_WINDOW_S = 2.0
_LATENCIES = 32


@dataclass(frozen=True, slots=True)
class Status:
    """Snapshot of a pipeline. `ended`: the source has ended; `error`: what stopped it, or a failed output.

    `sound_level`: 0 to 1, or None without sound. `sound_problem`: why sound has stopped.
    """

    frames_per_second: float
    dropped_mouths: int
    latency_ms: float
    provider: str
    faces: int
    running: bool
    ended: bool
    error: UserError | None
    overload: str
    sound_level: float | None = None
    sound_problem: UserError | None = None


class Rate:
    """Events per second over the last two seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def tick(self) -> None:
        now = time.monotonic()
        self._times.append(now)
        while self._times[0] < now - _WINDOW_S:
            self._times.popleft()

    @property
    def per_second(self) -> float:
        times = [t for t in tuple(self._times) if t >= time.monotonic() - _WINDOW_S]
        return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0


class Latencies:
    """Median of recent latencies in milliseconds."""

    def __init__(self) -> None:
        self._values: deque[float] = deque(maxlen=_LATENCIES)

    def add(self, milliseconds: float) -> None:
        self._values.append(milliseconds)

    @property
    def median_ms(self) -> float:
        values = tuple(self._values)
        return median(values) if values else 0.0


class Gaps:
    """Counts missing numbers in a sequence: frames that a source dropped."""

    def __init__(self) -> None:
        self._awaited = 0

    def before(self, index: int) -> int:
        """Number of indices missing before this one."""
        missing, self._awaited = max(0, index - self._awaited), index + 1
        return missing
