"""The same sentence from sources of different rates, from the file to the caption."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, takewhile
from pathlib import Path

import cv2
import numpy as np
import pytest

from klipnet_live.output.lines import CaptionLine
from klipnet_live.pipeline.captioning import read_lines
from klipnet_live.pipeline.open import reader_factory
from klipnet_live.types import FPS, Image
from tests.capture.videos import write_video
from tests.footage import DEMO, FIRST_LINE_FRAMES, frames_of, said_in_the_demo
from training.metrics import error_rates

SLOW_WER = 2 / 6
"""At 10 pictures a second a spoken letter is two pictures long: it and the word beside it may be misread."""

LENGTH_S = FIRST_LINE_FRAMES / FPS
SAID = said_in_the_demo()[0]


@pytest.fixture(scope="module")
def pictures() -> list[Image]:
    """The first sentence, 25 a second."""
    frames = frames_of(DEMO, FIRST_LINE_FRAMES)
    return [
        np.asarray(cv2.resize(f.image, (640, 360), interpolation=cv2.INTER_AREA), np.uint8) for f in frames
    ]


def steady(fps: float) -> list[float]:
    return [i / fps for i in range(int(LENGTH_S * fps))]


def uneven() -> list[float]:
    """From 12 to 60 pictures a second, changing all the time."""
    steps = np.random.default_rng(3).choice([1 / 60, 1 / 30, 1 / 25, 1 / 15, 1 / 12], size=400)
    return list(takewhile(lambda time_s: time_s < LENGTH_S, accumulate(steps.tolist(), initial=0.0)))


def captioned(folder: Path, pictures: Sequence[Image], times_s: Sequence[float]) -> CaptionLine:
    """The only line of a video that shows at each time the newest picture, as a camera or a screen does."""
    shown = [pictures[int(time_s * FPS + 1e-6)] for time_s in times_s]
    milliseconds = [round(time_s * 1000) for time_s in times_s]
    path = write_video(folder / "clip.mkv", shown, milliseconds, codec="libx264", pixels="yuv420p")
    (line,) = read_lines(path, reader_factory(None, "en"))
    return line


@pytest.mark.parametrize(
    "times_s",
    [steady(24), steady(25), steady(30), steady(60), uneven()],
    ids=["24", "25", "30", "60", "uneven"],
)
def test_every_usual_rate_gives_the_same_caption(
    tmp_path: Path, pictures: list[Image], times_s: list[float]
) -> None:
    line = captioned(tmp_path, pictures, times_s)
    assert line.text == SAID.text
    assert line.start_s == pytest.approx(SAID.start_s, abs=0.3)


@pytest.mark.parametrize("fps", [10, 15])
def test_slow_cameras_lose_details_but_not_the_sentence(
    tmp_path: Path, pictures: list[Image], fps: float
) -> None:
    line = captioned(tmp_path, pictures, steady(fps))
    assert len(line.text.split()) == len(SAID.text.split())
    assert error_rates([SAID.text], [line.text]).wer <= SLOW_WER
    assert line.start_s == pytest.approx(SAID.start_s, abs=0.3)
