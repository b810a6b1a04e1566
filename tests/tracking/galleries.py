"""Meeting galleries composed of single recordings, and the demo's portrait."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from benchmarks.gallery import gallery
from klipnet_live.capture.video_file import VideoFile
from klipnet_live.types import Frame, Image

PORTRAIT = Path(__file__).parents[2] / "assets" / "demo" / "portrait.png"
FPS = 25

__all__ = ["FPS", "clip", "frames", "gallery", "others", "people", "portrait", "recordings_of_one"]


@cache
def clip(path: Path) -> tuple[Image, ...]:
    """All frames of a recording."""
    return tuple(frame.image for frame in VideoFile(path, "fast").frames())


def people(shared_data: Path) -> list[Path]:
    """One recording each of five speakers."""
    return [Path(shared_data / "grid_s1" / "video" / "bbaf2n.mp4"), *others(shared_data)]


def others(shared_data: Path) -> list[Path]:
    """One recording each of the four speakers who have no second one."""
    with (shared_data / "grid_others" / "transcripts.tsv").open() as rows:
        paths = [row["path"] for row in csv.DictReader(rows, delimiter="\t")]
    return [shared_data / "grid_others" / path for path in paths]


def recordings_of_one(shared_data: Path, count: int) -> list[Path]:
    """Different recordings of the same speaker."""
    return sorted((shared_data / "grid_s1" / "video").glob("*.mp4"))[::80][:count]


def portrait() -> Image:
    picture = cv2.cvtColor(cv2.imread(str(PORTRAIT)), cv2.COLOR_BGR2RGB)
    return np.asarray(picture, dtype=np.uint8)


def frames(images: Sequence[Image], start: int = 0, fps: float = FPS) -> Iterator[Frame]:
    for index, image in enumerate(images, start):
        yield Frame(index, index / fps, image)
