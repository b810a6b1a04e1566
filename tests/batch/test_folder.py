"""`caption FOLDER -o FOLDER`: every recording once, also if the command is repeated."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, Self

import pytest

from klipnet_live.batch.folder import caption_all, recordings_of
from klipnet_live.batch.messages import Done
from klipnet_live.batch.runner import Listener
from klipnet_live.batch.tasks import ReadingChoice
from tests.footage import DEMO, FIRST_LINE_FRAMES, encode, frames_of
from tests.program import klipnet_live


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three good recordings, two with the same name, and one other file."""
    folder = tmp_path_factory.mktemp("archive")
    pictures = [frame.image for frame in frames_of(DEMO, FIRST_LINE_FRAMES)]
    encode(folder / "talk.mp4", pictures)
    shutil.copy(folder / "talk.mp4", folder / "talk.MOV")
    (folder / "이월").mkdir()
    shutil.copy(folder / "talk.mp4", folder / "이월" / "회의.mp4")
    (folder / "broken.mkv").write_bytes(b"no video")
    (folder / "notes.txt").write_text("notes")
    (folder / "._talk.mp4").write_bytes(b"of a Mac")
    return folder


@pytest.fixture(scope="module")
def captions(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "new"
    finished = klipnet_live("caption", archive, "-o", out, "--jobs", 2, "--language", "en")
    assert (finished.returncode, finished.stderr) == (1, "")
    first, *_, last = finished.stdout.splitlines()
    assert first.startswith("failed     broken.mkv: ")
    assert last == "3 captioned, 0 kept, 1 failed"
    return out


def test_every_recording_has_its_captions(captions: Path) -> None:
    written = sorted(path.relative_to(captions).as_posix() for path in captions.rglob("*") if path.is_file())
    assert written == ["talk.MOV.srt", "talk.mp4.srt", "이월/회의.srt"]


def test_captions_equal_those_of_a_single_recording(captions: Path, archive: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.srt"
    assert klipnet_live("caption", archive / "talk.mp4", "-o", alone, "--language", "en").returncode == 0
    assert alone.read_bytes()
    assert {path.read_bytes() for path in captions.rglob("*.srt")} == {alone.read_bytes()}


def test_a_repeated_run_captions_only_missing_recordings(captions: Path, archive: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in captions.rglob("*.srt")}
    missing = captions / "talk.mp4.srt"
    missing.unlink()
    changed = captions / "talk.MOV.srt"
    os.utime(changed, (1, 1))
    finished = klipnet_live("caption", archive, "-o", captions, "--language", "en")
    assert finished.stdout.splitlines()[-1] == "2 captioned, 1 kept, 1 failed"
    assert missing.is_file()
    kept = captions / "이월" / "회의.srt"
    assert kept.stat().st_mtime_ns == before[kept]


def test_a_repeated_run_can_replace_all_captions(tmp_path: Path) -> None:
    video, done = tmp_path / "a.mp4", tmp_path / "a.srt"
    for path in (video, done):
        path.touch()
    runner, entries = Reading(), recordings_of(tmp_path, tmp_path, ".srt")
    (kept,) = caption_all(entries, ReadingChoice("en"), runner)
    (replaced,) = caption_all(entries, ReadingChoice("en"), runner, overwrite=True)
    assert entries[0].target == done
    assert (kept.kind, replaced.kind, runner.names) == ("kept", "captioned", ["a.mp4"])


class Reading:
    """A runner that completes at once and remembers the order of requests."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def submit(self, task: Any, listener: Listener) -> Self:
        self.names.append(task.video.name)
        listener(Done(0))
        return self

    def cancel(self) -> None:
        raise AssertionError("nothing is to be cancelled")

    def close(self) -> None: ...


def test_large_recordings_go_first(tmp_path: Path) -> None:
    for name, size in (("a.mp4", 10), ("b.mp4", 3000), ("c.mp4", 200)):
        (tmp_path / name).write_bytes(bytes(size))
    runner = Reading()
    wanted = recordings_of(tmp_path, tmp_path / "out", ".srt")
    outcomes = list(caption_all(wanted, ReadingChoice("en"), runner))
    assert runner.names == ["b.mp4", "c.mp4", "a.mp4"]
    assert {outcome.kind for outcome in outcomes} == {"captioned"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Add -o FOLDER"),
        (["-o", "OUT", "--ending", "xyz"], "unknown extension"),
        (["-o", "OUT", "--burn-in"], "--ending .mp4"),
        (["-o", "FILE"], "is the name of a file"),
        (["-o", "OUT", "--scheduler", "tcp://127.0.0.1:9"], "does not respond"),
    ],
)
def test_mistakes_are_reported_before_the_work(
    arguments: list[str], message: str, archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "FILE").touch()
    places = {name: tmp_path / name for name in ("OUT", "FILE")}
    finished = klipnet_live("caption", archive, *(places.get(word, word) for word in arguments))
    assert finished.returncode in (1, 2)
    assert message in finished.stderr
    assert len(finished.stderr.splitlines()) == 1


def test_options_of_a_folder_are_refused_for_a_file(archive: Path) -> None:
    finished = klipnet_live("caption", archive / "talk.mp4", "--jobs", 2)
    assert (finished.returncode, len(finished.stderr.splitlines())) == (2, 1)


def test_phrases_of_a_profile_are_used_for_a_folder_too(archive: Path, tmp_path: Path) -> None:
    finished = klipnet_live(
        "caption", archive, "-o", tmp_path, "--phrases", tmp_path / "none", "--language", "en"
    )
    assert finished.stdout.splitlines()[-1] == "0 captioned, 0 kept, 4 failed"


def test_a_folder_without_videos_is_reported(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    finished = klipnet_live("caption", tmp_path / "in", "-o", tmp_path / "out")
    assert finished.returncode == 1
    assert "There is no video in" in finished.stderr
