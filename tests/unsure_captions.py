"""Pipeline events: `lay red at x` with a low-confidence `red`, then an unreadable line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from klipnet_live.pipeline.live import LivePipeline
from klipnet_live.tracking.tracker import Seen
from klipnet_live.types import CaptionEvent, Word
from tests.builders import event
from tests.pipeline.fakes import FakeCamera, FakeReader

READ = "lay red at x"
SHOWN = "lay … at x"
MISREAD = "set blue with n"

_CONFIDENCES = (0.95, 0.4, 0.9, 0.8)


class _Reader(FakeReader):
    """Emits both lines when the source has ended."""

    def finish(self) -> list[CaptionEvent]:
        words = tuple(
            Word(text, 0.5, 0.9, confidence)
            for text, confidence in zip(READ.split(), _CONFIDENCES, strict=True)
        )
        read = replace(event("completed", committed=READ, media_s=2.0), words=words)
        unread = event("completed", committed="", number=2, media_s=2.5)
        return [read, replace(unread, readable=False, hypothesis=MISREAD)]


class _NoFaces:
    effort = None

    def update(self, frame: object) -> Seen:
        return Seen((), ())

    def close(self) -> None:
        pass


def delivered(least_confidence: float | None = None) -> list[CaptionEvent]:
    """The events that a sink gets."""
    events: list[CaptionEvent] = []
    no_faces: Any = lambda _: _NoFaces()  # noqa: E731
    pipeline = LivePipeline(FakeCamera(), _Reader, [events.append], open_tracker=no_faces)  # type: ignore[arg-type]
    if least_confidence is not None:
        pipeline.least_confidence = least_confidence
    pipeline.start()
    assert pipeline.join(20)
    return events
