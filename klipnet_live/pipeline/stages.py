"""The stages between a source and the captions, as generators: each can be run on a plain list."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

from klipnet_live.capture.base import Source
from klipnet_live.reading.reader import Reader
from klipnet_live.tracking.tracker import FaceTracker, Seen
from klipnet_live.types import CaptionEvent, Frame

CLOSEST_FRAMES_S = 0.024
"""Of a source with 50 or 60 frames a second every second frame is used, of slower ones all."""


@dataclass(frozen=True, slots=True)
class Captured:
    """A frame and the time.monotonic() at which it came."""

    frame: Frame
    captured_s: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen in a captured frame."""

    seen: Seen
    time_s: float
    captured_s: float


def capture(source: Source) -> Generator[Captured, None, None]:
    """Frames of a source, with the time at which each came."""
    for frame in source.frames():
        yield Captured(frame, time.monotonic())


def thin(frames: Iterable[Captured]) -> Iterator[Captured]:
    """Leave out frames of very fast sources: lips are read at 25 a second, whatever the source does."""
    last_s = -math.inf
    for captured in frames:
        if captured.frame.after_leap or captured.frame.time_s - last_s >= CLOSEST_FRAMES_S:
            last_s = captured.frame.time_s
            yield captured


def look(tracker: FaceTracker, frames: Iterable[Captured]) -> Iterator[Sighting]:
    """Faces and mouths in each frame."""
    for captured in frames:
        yield Sighting(tracker.update(captured.frame), captured.frame.time_s, captured.captured_s)


def read(reader: Reader, sightings: Iterable[Sighting]) -> Iterator[CaptionEvent]:
    """Caption events, those of lines that the end of the source cuts off included."""
    for sighting in sightings:
        seen = sighting.seen
        yield from reader.read(seen.mouths, sighting.captured_s, sighting.time_s, seen.interrupted)
    yield from reader.finish()


def caption(source: Source, tracker: FaceTracker, reader: Reader) -> Iterator[CaptionEvent]:
    """The whole way on one thread, as fast as it goes: nothing is dropped, every run gives the same."""
    return read(reader, look(tracker, thin(capture(source))))
