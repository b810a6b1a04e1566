"""Measures accuracy and stability at other camera frame rates: `python -m benchmarks.rates FOLDER`.

    python -m benchmarks.rates ../shared/data/grid_s1 [--split val] [--fps 25 10 15 24 30 60]

Each recording of a dataset folder is resampled as a camera of each rate would deliver it (the newest frame at
each time) and goes through the app's tracker and reader. Word and character error rates are in per cent;
`unstable` is the share of words that were shown while a line was open and changed later; `committed_changed`
counts lines whose committed text did not only grow.
"""

from __future__ import annotations

import argparse
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import cv2
from klipnet_training.data.table import table_rows
from klipnet_training.evaluation.scores import clip_reading, score

from benchmarks.shown import ShownText
from benchmarks.table import report
from klipnet_live.capture.video_file import VideoFile
from klipnet_live.models import find_model
from klipnet_live.pipeline.reader_factory import decoders_for
from klipnet_live.pipeline.stages import caption
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import Frame

_SAME_TIME_S = 1e-4


class SimulatedCamera:
    """A recording resampled to other times: at each time its newest frame."""

    name, live, clock_of_first_frame = "camera", False, math.nan

    def __init__(self, recording: Sequence[Frame], times_s: Iterable[float]) -> None:
        self._recording, self._times_s = recording, times_s
        self._starts_s = [frame.time_s for frame in recording]

    def frames(self) -> Iterator[Frame]:
        for index, time_s in enumerate(self._times_s):
            if time_s > self._starts_s[-1]:
                return
            newest = bisect_right(self._starts_s, time_s + _SAME_TIME_S) - 1
            yield Frame(index, time_s, self._recording[newest].image)

    def stop(self) -> None:
        """Nothing to stop: the recording ends."""


def steady(fps: float) -> Iterator[float]:
    """Frame times in seconds, without end."""
    return (index / fps for index in count())


class CameraRate:
    """Results at one frame rate."""

    def __init__(self, fps: float, model: LipModel) -> None:
        self._fps, self._model, self._decoders = fps, model, decoders_for(model.manifest)
        self._readings: list[Any] = []
        self._shown = ShownText()
        self._lines = 0

    def read(self, row: dict[str, str], recording: Sequence[Frame]) -> None:
        reader = Reader(self._model, self._decoders)
        tracker = FaceTracker(self._model.manifest.crop)
        completed = []
        for event in caption(SimulatedCamera(recording, steady(self._fps)), tracker, reader):
            # Line numbers start at one in each recording.
            self._shown.add(replace(event, line=self._lines + event.line), event.media_s)
            if event.event == "completed":
                completed.append(event.text)
        tracker.close()
        self._lines += len(completed)
        text = " ".join(completed)
        self._readings.append(clip_reading(row["path"], row.get("speaker", ""), row["text"], text))

    def figures(self) -> dict[str, Any]:
        scores = score(self._readings)
        low, high = scores.wer_interval
        return {
            "frames_per_second": self._fps,
            "recordings": len(self._readings),
            "lines": self._lines,
            "wer": round(scores.wer, 1),
            "wer_95": f"{low:.1f} to {high:.1f}",
            "cer": round(scores.cer, 1),
            "unstable_partial_words": round(self._shown.unstable_ratio(), 3),
            "committed_changed": self._shown.committed_changed(),
        }


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path, help="a dataset folder of videos")
    parser.add_argument("--split", default="val")
    parser.add_argument("--fps", type=float, nargs="+", default=[25.0, 10.0, 15.0, 24.0, 30.0, 60.0])
    parser.add_argument("--model")
    parser.add_argument("--language", default="en")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures as JSON")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    model = LipModel(find_model(options.model, options.language))
    rates = [CameraRate(fps, model) for fps in options.fps]
    for row in table_rows(options.folder):
        if row.get("split") == options.split:
            recording = list(VideoFile(options.folder / row["path"], "fast").frames())
            for rate in rates:
                rate.read(row, recording)
    report([rate.figures() for rate in rates], options.json)


if __name__ == "__main__":
    main()
