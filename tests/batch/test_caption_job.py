"""A recording captioned in the background with the real reader."""

from __future__ import annotations

import multiprocessing
import os
import re
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import av
import pytest

from klipnet_live.batch.caption_job import CaptionJob
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.sound import store
from klipnet_live.sound.catalogue import NEEDED
from tests.capture.videos import write_video
from tests.footage import DEMO, FIRST_LINE_FRAMES, encode, frames_of


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sentence of the demo."""
    pictures = [frame.image for frame in frames_of(DEMO, FIRST_LINE_FRAMES)]
    return encode(tmp_path_factory.mktemp("clip") / "talk.mp4", pictures)


def job_for(video: Path, target: Path) -> CaptionJob:
    return CaptionJob(CaptionTask(video, target, "en"))


def test_the_captions_of_a_video_are_saved_with_progress(clip: Path, tmp_path: Path) -> None:
    job, parts = job_for(clip, tmp_path / "talk.mkv"), set[float]()
    job.start()
    while not job.join(0.02):
        parts.add(job.state.part)
    assert job.state == JobState("done", 1.0, lines=1)
    assert any(0 < part < 1 for part in parts)
    with av.open(str(tmp_path / "talk.mkv")) as copy:
        assert len(copy.streams.subtitles) == 1


def test_a_job_notes_missing_speech_low_frame_rate_and_truncation(tmp_path: Path) -> None:
    first = next(frames_of(DEMO)).image
    whole = write_video(
        tmp_path / "whole.mkv", [first] * 40, range(0, 8000, 200), codec="mjpeg", pixels="yuvj420p"
    )
    still = tmp_path / "still.mkv"
    still.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    job = job_for(still, tmp_path / "still.srt")
    job.start()
    assert job.join(60)
    assert (job.state.stage, job.state.lines) == ("done", 0)
    nobody, few, broken_off = map(str, job.state.notes)
    assert nobody == f"A face was found in {still}, but no speech."
    assert "has only 5 frames per second. Record at least 10" in few
    assert re.search(r"is incomplete: it ends after [34] of 8 seconds", broken_off)


def test_without_models_for_the_language_of_the_sound_lips_alone_are_read(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "is_here", lambda model: model in NEEDED["en"])
    job = CaptionJob(CaptionTask(clip, tmp_path / "talk.srt", "en", sound_language="ko"))
    job.start()
    assert job.join(60)
    assert job.state == JobState("done", 1.0, lines=1)


def test_a_cancelled_job_ends_soon_and_leaves_nothing(tmp_path: Path) -> None:
    job = job_for(DEMO, tmp_path / "demo.srt")
    job.start()
    time.sleep(0.5)
    job.cancel()
    assert job.join(60)
    assert job.state == JobState("cancelled")
    assert list(tmp_path.iterdir()) == []


def test_a_crash_of_the_reading_process_fails_with_one_line(tmp_path: Path) -> None:
    job = job_for(DEMO, tmp_path / "demo.srt")
    job.start()
    while not job.state.part:
        time.sleep(0.02)
    (process,) = multiprocessing.active_children()
    process.kill()
    assert job.join(30)
    assert job.state.stage == "failed"
    assert "\n" not in str(job.state.problem)
    assert list(tmp_path.iterdir()) == []


def test_a_crash_while_writing_leaves_nothing_behind(clip: Path, tmp_path: Path) -> None:
    job = CaptionJob(CaptionTask(clip, tmp_path / "copy.mp4", "en", burn_in=True))
    job.start()
    while not list(tmp_path.iterdir()):
        time.sleep(0.005)
        assert not job.state.ended
    (process,) = multiprocessing.active_children()
    process.kill()
    assert job.join(30)
    assert job.state.stage == "failed"
    assert list(tmp_path.iterdir()) == []


def test_mistakes_are_reported_before_reading(clip: Path, tmp_path: Path) -> None:
    for target, message in (
        (tmp_path / "talk.doc", "unknown extension"),
        (tmp_path / "no" / "talk.srt", "Create it first"),
        (clip, "the recording itself"),
    ):
        job = job_for(clip, target)
        job.start()
        assert job.join(30)
        assert job.state.stage == "failed"
        assert message in str(job.state.problem)


def test_reviewed_lines_are_written_as_approved(clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "talk.srt"
    job = CaptionJob(CaptionTask(clip, target, "en", review=True))
    job.start()
    deadline = time.monotonic() + 60
    while job.state.stage == "reading" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert job.state.stage == "reviewing"
    assert not target.exists()
    (line,) = job.state.to_review
    job.approve([replace(line, text="corrected by hand")])
    assert job.join(30)
    assert "corrected by hand" in target.read_text(encoding="utf-8")


def test_a_cancelled_review_writes_nothing(clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "talk.srt"
    job = CaptionJob(CaptionTask(clip, target, "en", review=True))
    job.start()
    while job.state.stage == "reading":
        time.sleep(0.05)
    job.cancel()
    assert job.join(30)
    assert job.state.stage == "cancelled"
    assert not target.exists()
