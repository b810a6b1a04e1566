"""Measures the live pipeline on a source: `python -m benchmarks.live SOURCE... [--seconds N] [--json OUT]`.

Runs the pipeline as the window does, polling 25 times a second, and prints a table.
For recordings of a dataset folder with alignments, the captions are also compared with the spoken words.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import deque
from pathlib import Path
from typing import Any

import cv2

from benchmarks.probes import Repeated, Stopwatch, TimedTracker, resources, spread
from benchmarks.reference import words_of
from benchmarks.shown import ShownText
from benchmarks.table import report
from klipnet_live.capture.source import open_source
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.pipeline.live import LivePipeline
from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.reading.reader import Reader
from klipnet_live.types import CaptionEvent, Phrases

_POLL_S = 0.04
_PARTIAL = ("started", "changed")


class LiveRun:
    """One run of the pipeline on a source."""

    def __init__(self, spec: str, options: argparse.Namespace) -> None:
        self.spec, self._seconds = spec, options.seconds
        self.source = Repeated(open_source(spec), options.seconds)
        self.shown, self.tracking, self.reading = ShownText(), Stopwatch(), Stopwatch()
        phrases = None if options.grammar is None else Phrases(options.grammar)
        self._make_reader = reader_factory(options.model, options.language, phrases)
        self.tracker: TimedTracker | None = None
        self._said: deque[CaptionEvent] = deque()
        self.pipeline = LivePipeline(
            self.source,
            self._reader,
            [self._said.append],
            lossless=not self.source.live,
            adapts=True,
            open_tracker=self._tracker,
        )
        self.overloads: set[str] = set()

    def measure(self) -> dict[str, Any]:
        """Run the pipeline and return all figures."""
        wall_s, cpu_s = time.monotonic(), time.process_time()
        self.pipeline.start()
        early: dict[str, float] = {}
        while not self.pipeline.join(_POLL_S):
            self._look()
            if not early and time.monotonic() - wall_s > 5.0:
                early = resources()
        self._look()
        wall_s, cpu_s = time.monotonic() - wall_s, time.process_time() - cpu_s
        return self._figures(wall_s, cpu_s) | {"after_5_s": early, "at_the_end": resources()}

    def _look(self) -> None:
        now_s = time.monotonic()
        self.pipeline.preview.take()
        while self._said:
            self.shown.add(self._said.popleft(), now_s - self.source.clock_of_first_frame)
        overload = self.pipeline.status().overload
        self.overloads |= {overload} if overload else set()

    def _figures(self, wall_s: float, cpu_s: float) -> dict[str, Any]:
        status, frames = self.pipeline.status(), max(1, self.source.delivered)
        words = words_of(self.spec) if self._seconds is None else []
        return {
            "source": self.spec,
            "error": str(status.error or ""),
            "frames": self.source.delivered,
            "frames_per_second": round(self.source.delivered / wall_s, 1),
            "faces": 0 if self.tracker is None else self.tracker.most_faces,
            "dropped_mouths": status.dropped_mouths,
            "overload": sorted(self.overloads),
            "capture_cpu_ms": spread(self.source.cpu_ms),
            "tracking_ms": spread(self.tracking.values),
            "reading_ms": spread(self.reading.values),
            "partial_delay_ms": spread(self.shown.delays_ms(_PARTIAL)),
            "completed_after_lips_stop_ms": spread(self.shown.completion_delays_ms()),
            "word_delay_ms": spread(self.shown.word_delays_ms(words)),
            "unstable_partial_words": round(self.shown.unstable_ratio(), 3),
            "committed_changed": self.shown.committed_changed(),
            "lines": sum(event.event == "completed" for event, _ in self.shown.events),
            "cpu_percent_of_a_core": round(100 * cpu_s / wall_s),
            "cpu_ms_per_frame": round(1000 * cpu_s / frames, 1),
            "load_average": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        }

    def _reader(self) -> Reader:
        reader = self._make_reader()
        reader.read = self.reading.around(reader.read)  # type: ignore[method-assign]
        return reader

    def _tracker(self, geometry: CropGeometry) -> TimedTracker:
        self.tracker = TimedTracker(self.tracking, geometry)
        return self.tracker


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--model")
    parser.add_argument("--language")
    parser.add_argument("--grammar", type=Path)
    parser.add_argument("--seconds", type=float, help="repeat each source for this long (soak test)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures as JSON")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    runs = [LiveRun(spec, options).measure() for spec in options.sources]
    report(runs, options.json)


if __name__ == "__main__":
    main()
