"""Timers around the stages of a pipeline, and the resources of the process."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from klipnet_live.capture.base import Source
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.tracker import FaceTracker, Seen
from klipnet_live.types import Frame


class Stopwatch:
    """Durations of the calls of one stage, in ms."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def around(self, action: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap `action` so that its calls are timed."""

        def timed(*args: Any, **options: Any) -> Any:
            start_s = time.perf_counter()
            try:
                return action(*args, **options)
            finally:
                self.values.append((time.perf_counter() - start_s) * 1000)

        return timed


class TimedTracker(FaceTracker):
    """Times each update and keeps the largest number of faces."""

    def __init__(self, watch: Stopwatch, geometry: CropGeometry) -> None:
        super().__init__(geometry)
        self._timed_update = watch.around(super().update)
        self.most_faces = 0

    def update(self, frame: Frame) -> Seen:
        seen: Seen = self._timed_update(frame)
        self.most_faces = max(self.most_faces, len(seen.faces))
        return seen


class Repeated:
    """Repeats a source until its time is up; timestamps keep growing."""

    def __init__(self, source: Source, seconds: float | None) -> None:
        self.name, self.live, self._source, self._seconds = source.name, source.live, source, seconds
        self.clock_of_first_frame = float("nan")
        self.delivered = 0
        self.cpu_ms: list[float] = []
        self._stopped = threading.Event()

    def frames(self) -> Iterator[Frame]:
        offset_s = 0.0
        while True:
            for frame in self._timed():
                time_s = offset_s + frame.time_s
                if self.delivered == 0:
                    self.clock_of_first_frame = self._source.clock_of_first_frame
                if self._stopped.is_set() or (self._seconds is not None and time_s >= self._seconds):
                    return
                yield Frame(self.delivered, time_s, frame.image)
                self.delivered += 1
            if self._seconds is None:
                return
            offset_s = time_s + 0.04

    def stop(self) -> None:
        self._stopped.set()
        self._source.stop()

    def _timed(self) -> Iterator[Frame]:
        """Frames; times the thread's CPU time per frame, not the wait for it."""
        start_s = time.thread_time()
        for frame in self._source.frames():
            self.cpu_ms.append((time.thread_time() - start_s) * 1000)
            yield frame
            start_s = time.thread_time()


def spread(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    if not values:
        return {}
    return {"median": round(median(values), 1), "p95": round(float(np.quantile(values, 0.95)), 1)}


def resources() -> dict[str, float]:
    """Resident memory in MB, threads and open handles of this process, where the system reports them."""
    found: dict[str, float] = {"python_threads": threading.active_count()}
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        found["resident_mb"] = round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
        found["threads"] = len(os.listdir("/proc/self/task"))
        found["handles"] = len(os.listdir("/proc/self/fd"))
    return found
