"""A speaker who sways all the time still produces separate sentences, not one endless line."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from benchmarks.as_app import read_lines
from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.types import Image
from tests.footage import DEMO, demo_utterances, encode, frames_of

_SECONDS = 9


def swaying(image: Image, time_s: float) -> Image:
    """The first speaker of the demo in a moving picture that does not follow them."""
    height, width = image.shape[:2]
    side = min(height, width // 2) - 40
    x = 20 + round(18 * math.sin(5 * time_s))
    y = 20 + round(14 * math.sin(3.3 * time_s))
    return np.ascontiguousarray(image[y : y + side // 2 * 2, x : x + side // 2 * 2])


def test_sentences_of_a_swaying_face_are_separate_lines(tmp_path: Path) -> None:
    pictures = [swaying(frame.image, frame.time_s) for frame in frames_of(DEMO, 25 * _SECONDS)]
    lines = read_lines(encode(tmp_path / "sways.mp4", pictures), reader_factory(None, "en"))
    first = next(iter(demo_utterances()))
    assert lines
    assert max(line.end_s - line.start_s for line in lines) < 5
    assert abs(lines[0].start_s - first.start_s) < 0.8
