"""Short test videos cut from the bundled demo, and the words spoken in it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.assets import DEMOS
from klipnet_live.capture.source import open_source
from klipnet_live.types import Frame, Image
from tests.capture.videos import write_video

DEMO = DEMOS / "demo-en.mp4"
FIRST_LINE_FRAMES = 95
"""The first sentence of the demo and the silence that ends its line."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Who says what in the demo, and when it starts."""

    speaker: str
    text: str
    start_s: float


def demo_utterances() -> list[Utterance]:
    """The demo's transcript."""
    record = json.loads(DEMO.with_suffix(".json").read_text(encoding="utf-8"))
    return [
        Utterance(utterance["speaker"], utterance["text"], utterance["start_s"])
        for utterance in record["utterances"]
    ]


def frames_of(path: Path, count: int | None = None) -> Iterator[Frame]:
    """Frames of a video file, the first `count` or all."""
    return itertools.islice(open_source(str(path), pace="fast").frames(), count)


def encode(path: Path, pictures: list[Image]) -> Path:
    """A small H.264 file at 25 frames a second."""
    return write_video(path, pictures, codec="libx264", pixels="yuv420p")
