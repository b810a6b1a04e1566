"""Mouths of the bundled demo, and the reader's events for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from klipnet_live.reading.reader import Reader
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import FPS, CaptionEvent, Mouth
from tests.footage import DEMO, frames_of

_FRAMES = round(7.0 * FPS)
_ONE_LINE_FRAMES = 95


@dataclass(frozen=True, slots=True)
class Talk:
    """The mouths of each frame. `left` speaks first, then `right`."""

    frames: tuple[tuple[Mouth, ...], ...]
    left: str
    right: str

    @property
    def line(self) -> list[Mouth]:
        """The mouth of the first talker, up to the silence after the first sentence."""
        mouths = [mouth for frame in self.frames for mouth in frame if mouth.speaker == self.left]
        return mouths[:_ONE_LINE_FRAMES]


def watch_the_demo() -> Talk:
    """Tracks the faces of the first two sentences."""
    tracker = FaceTracker()
    seen = [tracker.update(frame) for frame in frames_of(DEMO, _FRAMES)]
    tracker.close()
    left, right = sorted(seen[-1].faces, key=lambda tracked: tracked.face.box.left)
    return Talk(tuple(one.mouths for one in seen), left.speaker, right.speaker)


def feed(reader: Reader, frames: Iterable[Sequence[Mouth]], *, finish: bool = True) -> list[CaptionEvent]:
    """The events of these frames, without `latency_ms`, which differs between runs."""
    events = [event for mouths in frames for event in reader.read(mouths)]
    return [replace(event, latency_ms=0.0) for event in events + (reader.finish() if finish else [])]


def alone(mouths: Iterable[Mouth]) -> list[tuple[Mouth]]:
    """Frames that contain only this mouth."""
    return [(mouth,) for mouth in mouths]


def texts(events: Iterable[CaptionEvent]) -> list[tuple[str, str, str]]:
    """Kind, speaker and text of each event: what does not depend on rounding of a probability."""
    return [(event.event, event.speaker, event.text) for event in events]
