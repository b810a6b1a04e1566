"""The sound of a file has the same clock as its frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.sound.sound_track import SoundTrack
from tests.builders import write_video


@pytest.mark.parametrize(("picture_s", "sound_s"), [(3.0, 0.0), (0.0, 2.0), (1.0, 1.0)])
def test_sound_and_video_times_start_where_a_player_starts(
    tmp_path: Path, picture_s: float, sound_s: float
) -> None:
    path = write_video(tmp_path / "v.mkv", 1.0, first_s=picture_s, sound_first_s=sound_s)
    first = next(VideoFile(path, "fast").frames())
    blocks = list(SoundTrack(path, realtime=False).blocks())
    heard = next(block for block in blocks if np.abs(block.samples).max() > 0.1)
    loud = int(np.flatnonzero(np.abs(heard.samples) > 0.1)[0]) / heard.rate_hz
    assert heard.clock_s + loud - first.time_s == pytest.approx(sound_s - picture_s, abs=0.06)


def test_the_second_of_two_joined_parts_is_heard_after_the_first(tmp_path: Path) -> None:
    part = write_video(tmp_path / "part.ts", 2.0)
    joined = tmp_path / "joined.ts"
    joined.write_bytes(part.read_bytes() * 2)
    blocks = list(SoundTrack(joined, realtime=False).blocks())
    assert sum(len(block.samples) for block in blocks) / 16_000 == pytest.approx(4.0, abs=0.2)
