"""Reads prepared clips exactly as the app reads a live speaker, and keeps what a viewer would have seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from klipnet_training.data.clips import Clip

from benchmarks.shown import ShownText
from klipnet_live.reading.line import Decoders
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader
from klipnet_live.types import FPS, CaptionEvent, Mouth


@dataclass(frozen=True, slots=True)
class LiveReading:
    """The captions of one clip: the final text, and the last partial text of each line."""

    clip: Clip
    final: str
    stream: str
    lines: int
    committed_kept: bool


def read_as_live(model: LipModel, decoders: Decoders, clips: Iterable[Clip]) -> Iterator[LiveReading]:
    """Read each clip as a separate speaker, from the first frame to the last."""
    for clip in clips:
        events = _events(Reader(model, decoders), clip)
        completed = [event for event in events if event.event == "completed"]
        last = {event.line: event for event in events if event.event != "completed"}
        yield LiveReading(
            clip,
            " ".join(event.text for event in completed if event.text),
            " ".join(event.text for event in last.values()),
            len(completed),
            not ShownText([(event, event.media_s) for event in events]).committed_changed(),
        )


def _events(reader: Reader, clip: Clip) -> list[CaptionEvent]:
    events = []
    for i, crop in enumerate(clip.crops[:]):
        events += reader.read([Mouth("1", i / FPS, crop)], 0.0)
    return events + reader.finish()
