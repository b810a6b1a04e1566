"""Videos in which somebody speaks, nobody moves, or nobody is visible."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.capture.videos import quadrants, write_video
from tests.footage import DEMO, FIRST_LINE_FRAMES, encode, frames_of


@pytest.fixture(scope="session")
def spoken_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sentence of the demo."""
    pictures = [frame.image for frame in frames_of(DEMO, FIRST_LINE_FRAMES)]
    return encode(tmp_path_factory.mktemp("spoken") / "spoken.mp4", pictures)


@pytest.fixture(scope="session")
def still_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of the demo's first frame."""
    path = tmp_path_factory.mktemp("still") / "still.mp4"
    return encode(path, [next(frames_of(DEMO)).image] * 75)


@pytest.fixture(scope="session")
def faceless_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of coloured squares."""
    path = tmp_path_factory.mktemp("faceless") / "faceless.mkv"
    return write_video(path, list(itertools.repeat(quadrants(), 25)))
