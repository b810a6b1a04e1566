"""A long file can be read from any point; its stretches add up to the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.media.stretches import WHOLE, Division
from klipnet_live.sound.sound_track import SoundTrack
from tests import builders
from tests.capture.videos import write_video

DIVISION = Division(stretch_s=1.5, overlap_s=0.4)


def numbered(count: int) -> list[np.ndarray]:
    return [np.full((64, 96, 3), number, dtype=np.uint8) for number in range(count)]


@pytest.mark.parametrize("ending", ["mkv", "mp4"])
def test_the_frames_of_all_stretches_are_those_of_the_file(tmp_path: Path, ending: str) -> None:
    path = write_video(
        tmp_path / f"v.{ending}", numbered(130), codec="libx264", pixels="yuv420p", options={"g": "20"}
    )
    whole = {frame.time_s: frame.image.mean() for frame in VideoFile(path, "fast").frames()}
    stretches = DIVISION.stretches_of(path)
    assert [stretch.start_s for stretch in stretches] == pytest.approx([0, 1.72, 3.44])
    parts = [
        {frame.time_s: frame.image.mean() for frame in VideoFile(path, "fast", stretch=stretch).frames()}
        for stretch in stretches
    ]
    for stretch, part in zip(stretches, parts, strict=True):
        assert part == {time: mean for time, mean in whole.items() if stretch.from_s <= time < stretch.to_s}
    assert parts[0] | parts[1] | parts[2] == whole


def test_the_sound_of_a_stretch_has_the_times_of_the_file(tmp_path: Path) -> None:
    path = builders.write_video(tmp_path / "v.mkv", 5.0)
    whole = SoundTrack(path, realtime=False)
    stretch = DIVISION.stretches_of(path)[1]
    blocks = list(whole.part(stretch).blocks())
    loud = [block for block in blocks if np.abs(block.samples).max() > 0.01]
    assert loud[0].clock_s == pytest.approx(stretch.from_s, abs=0.1)
    assert loud[-1].clock_s == pytest.approx(stretch.to_s, abs=0.15)


def test_short_and_unseekable_files_are_not_divided(tmp_path: Path) -> None:
    short = write_video(tmp_path / "short.mkv", numbered(50))
    pauses = write_video(tmp_path / "pauses.mkv", numbered(4), [0, 1500, 3000, 4500])
    stream = write_video(tmp_path / "stream.ts", numbered(130), codec="libx264", pixels="yuv420p")
    text = tmp_path / "text.mp4"
    shutil.copy(__file__, text)
    for path in (short, pauses, stream, text, tmp_path / "none.mp4"):
        assert DIVISION.stretches_of(path) == (WHOLE,)
