"""Recording sentences: real frames, the real tracker, real files, a fake microphone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from klipnet_training.data.alignments import read_spoken
from klipnet_training.data.layouts import read_dataset

from klipnet_live.capture.source import open_source
from klipnet_live.capture.video_file import VideoFile
from klipnet_live.recording.recordings import Recordings
from klipnet_live.recording.studio import Studio
from klipnet_live.types import FloatArray, Frame, Sound, UserError
from tests.footage import DEMO, encode, frames_of
from tests.waiting import wait_until


@dataclass
class FakeMicrophone:
    """Records 0.2 s of room noise, 0.5 s of voice and room noise again, from `begin` on."""

    error: UserError | None = None
    closed: bool = field(default=False, init=False)
    began_s: float = field(default=0.0, init=False)

    def open(self) -> None:
        if self.error is not None:
            raise self.error

    def begin(self) -> None:
        self.began_s = time.monotonic()

    def end(self) -> Sound:
        random = np.random.default_rng(0)
        level: FloatArray = np.repeat(np.float32([0.001, 0.2, 0.001]), [3200, 8000, 12000])
        return Sound(level * random.standard_normal(len(level), dtype=np.float32), 16_000, self.began_s)

    def close(self) -> None:
        self.closed = True


def studio_of(video: Path, folder: Path, microphone: FakeMicrophone | None = None) -> Studio:
    return Studio(open_source(str(video)), Recordings(folder, "Ada"), microphone)


def speak(studio: Studio, text: str, seconds: float = 1.2) -> None:
    """As long on the clock of the frames, which a busy machine shows late."""
    studio.begin(text)
    wait_until(lambda: studio.state.recording)
    end_s = _picture_s(studio) + seconds
    wait_until(lambda: _picture_s(studio) >= end_s)
    studio.end()
    wait_until(lambda: not studio.state.recording)


def _picture_s(studio: Studio) -> float:
    """The time of the next frame that is shown."""
    while (preview := studio.preview.take()) is None:
        time.sleep(0.01)
    return preview.frame.time_s


def test_a_sentence_is_saved_with_video_sound_and_alignment(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    studio = studio_of(DEMO, tmp_path, microphone)
    studio.start()
    wait_until(lambda: studio.state.faces > 0)
    speak(studio, "bin blue")
    assert studio.state.problem is None
    assert studio.state.spoken == ("bin blue",)
    speak(studio, "lay red")
    studio.drop_last()
    wait_until(lambda: studio.state.spoken == ("bin blue",))
    studio.stop()
    assert studio.join(60)
    assert microphone.closed
    (kept,) = read_dataset(tmp_path)
    assert kept.text == "bin blue"
    assert len(list(frames_of(kept.source))) > 5
    assert kept.align is not None
    (sentence,) = read_spoken(kept.align, kept.text)
    assert sentence.start_frame >= 2
    assert sentence.end_frame - sentence.start_frame == pytest.approx(12.5, abs=4)


def test_a_sentence_without_a_face_is_reported_and_not_saved(tmp_path: Path) -> None:
    wall = encode(tmp_path / "wall.mp4", [np.full((240, 320, 3), 90, np.uint8)] * 120)
    studio = studio_of(wall, tmp_path / "kept")
    studio.start()
    wait_until(lambda: studio.preview.take() is not None)
    speak(studio, "bin blue", 2.0)
    assert "face" in str(studio.state.problem)
    assert studio.state.spoken == ()
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []
    studio.stop()
    assert studio.join(60)


def test_a_full_disk_loses_one_sentence_but_not_the_session(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("no folder")
    studio = studio_of(DEMO, tmp_path)
    studio.start()
    studio.begin("bin blue")
    wait_until(lambda: studio.state.problem is not None)
    assert studio.state.running
    (tmp_path / "clips").unlink()
    speak(studio, "bin blue")
    assert studio.state.spoken == ("bin blue",)
    assert studio.state.problem is None
    studio.stop()
    assert studio.join(60)


def test_an_unfinished_sentence_is_not_saved(tmp_path: Path) -> None:
    studio = studio_of(DEMO, tmp_path)
    studio.start()
    studio.begin("bin blue")
    wait_until(lambda: studio.state.recording)
    studio.stop()
    assert studio.join(60)
    assert not studio.state.recording
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_lost_camera_is_reported_after_a_rejected_sentence(tmp_path: Path) -> None:
    lost = UserError("The camera has been disconnected.")
    unplugged = threading.Event()

    class Camera(VideoFile):
        def frames(self) -> Iterator[Frame]:
            for frame in super().frames():
                yield frame
                if unplugged.is_set():
                    raise lost

    studio = Studio(Camera(DEMO), Recordings(tmp_path, "Ada"))
    studio.start()
    speak(studio, "bin blue", 0.1)
    assert "too short" in str(studio.state.problem)
    unplugged.set()
    assert studio.join(60)
    assert studio.state.problem is lost


def test_a_failing_microphone_ends_the_session_with_a_message(tmp_path: Path) -> None:
    error = UserError("no microphone")
    studio = studio_of(DEMO, tmp_path, FakeMicrophone(error))
    studio.start()
    assert studio.join(60)
    assert studio.state.problem is error
