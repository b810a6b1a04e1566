"""The stages from a source to captions as generators, which also run on plain lists."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

from klipnet_live.capture.base import Source
from klipnet_live.reading.reader import Reader
from klipnet_live.tracking.tracker import FaceTracker, Seen
from klipnet_live.types import CaptionEvent, Frame

MIN_FRAME_INTERVAL_S = 0.024
"""Sources with 50 or 60 frames per second are halved; slower ones are used in full."""


@dataclass(frozen=True, slots=True)
class Captured:
    """A frame and its arrival time on the clock of time.monotonic()."""

    frame: Frame
    captured_s: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """Faces and mouths in a captured frame."""

    seen: Seen
    time_s: float
    captured_s: float


def capture(source: Source) -> Generator[Captured, None, None]:
    """Frames of a source with their arrival times."""
    for frame in source.frames():
        yield Captured(frame, time.monotonic())


def thin(frames: Iterable[Captured]) -> Iterator[Captured]:
    """Drop frames of very fast sources: lips are read at 25 frames per second."""
    last_s = -math.inf
    for captured in frames:
        if captured.frame.after_leap or captured.frame.time_s - last_s >= MIN_FRAME_INTERVAL_S:
            last_s = captured.frame.time_s
            yield captured


def look(tracker: FaceTracker, frames: Iterable[Captured]) -> Iterator[Sighting]:
    """Track faces and mouths in each frame."""
    for captured in frames:
        yield Sighting(tracker.update(captured.frame), captured.frame.time_s, captured.captured_s)


def read(reader: Reader, sightings: Iterable[Sighting]) -> Iterator[CaptionEvent]:
    """Caption events, including those that complete open lines at the end of the source."""
    for sighting in sightings:
        seen = sighting.seen
        yield from reader.read(seen.mouths, sighting.captured_s, sighting.time_s, seen.interrupted)
    yield from reader.finish()


def caption(source: Source, tracker: FaceTracker, reader: Reader) -> Iterator[CaptionEvent]:
    """All stages on one thread, without real time: nothing is dropped, and results are reproducible."""
    return read(reader, look(tracker, thin(capture(source))))
