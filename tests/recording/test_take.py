"""A recorded sentence on disk, as players and training read it."""

from __future__ import annotations

import sys
from pathlib import Path

import av
import numpy as np
import pytest

from klipnet_live.recording.recordings import Recordings
from klipnet_live.recording.take import Take
from klipnet_live.types import Frame, Sound, UserError

TIMES_S = (0.0, 0.033, 0.08, 0.2, 0.24, 0.5)


def spoken(path: Path, *, with_sound: bool = False) -> Take:
    take = Take(path, (161, 121), with_sound=with_sound)
    for i, time_s in enumerate(TIMES_S):
        take.add(Frame(i, 7.5 + time_s, np.full((121, 161, 3), 40 * i, np.uint8)))
    return take


def test_each_frame_has_its_capture_time(tmp_path: Path) -> None:
    take = spoken(tmp_path / "clips" / "one.mp4")
    assert take.seconds == pytest.approx(0.5)
    take.close()
    with av.open(str(take.path)) as file:
        pictures = list(file.decode(video=0))
    assert [picture.time for picture in pictures] == pytest.approx(TIMES_S, abs=1e-3)
    assert [picture.to_ndarray(format="rgb24").mean() for picture in pictures] == pytest.approx(
        [0, 40, 80, 120, 160, 200], abs=4
    )


@pytest.mark.parametrize("began_s", [99.8, 100.2])
def test_sound_is_aligned_with_the_video(tmp_path: Path, began_s: float) -> None:
    """A beep 0.3 s after the first frame, in sound that started before or after it."""
    take = spoken(tmp_path / "one.mp4", with_sound=True)
    samples = np.zeros(16_000, np.float32)
    beep = round((100.3 - began_s) * 16_000)
    samples[beep : beep + 1600] = np.sin(np.arange(1600) * 0.4)
    take.close(Sound(samples, 16_000, began_s), first_picture_s=100.0)
    with av.open(str(take.path)) as file:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    assert np.flatnonzero(np.abs(sound) > 0.2)[0] / 48_000 == pytest.approx(0.3, abs=0.03)


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions on Windows")
def test_only_the_owner_can_read_a_recording(tmp_path: Path) -> None:
    take = spoken(tmp_path / "mine" / "clips" / "one.mp4")
    take.close()
    recordings = Recordings(tmp_path / "mine", "me")
    recordings.keep(take.path, "bin blue", (0.1, 0.4), 0.5)
    rights = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "mine").rglob("*")}
    assert rights == {"clips": 0o700, "one.mp4": 0o600, "one.align": 0o600, "transcripts.tsv": 0o600}
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o700


def test_a_discarded_take_leaves_no_file(tmp_path: Path) -> None:
    spoken(tmp_path / "one.mp4").discard()
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("a file")
    with pytest.raises(UserError, match="Choose another"):
        Take(tmp_path / "clips" / "one.mp4", (160, 120), with_sound=False)
