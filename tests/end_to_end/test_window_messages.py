"""Errors appear in the window as one line with a remedy; the app continues."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from klipnet_live.assets import MODELS
from tests.capture.videos import quadrants, write_video
from tests.end_to_end.conftest import WATCHED_WINDOW, started
from tests.footage import DEMO

Window = "subprocess.Popen[str]"


@pytest.fixture(scope="module")
def faceless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of coloured squares."""
    return write_video(tmp_path_factory.mktemp("video") / "faceless.mkv", [quadrants()] * 25)


@pytest.fixture(scope="module")
def window(screen: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """One window for all tests here: it must remain usable after each mistake."""
    home = str(tmp_path_factory.mktemp("home"))
    with started([*WATCHED_WINDOW, "missing.mp4"], screen | {"HOME": home, "XDG_CONFIG_HOME": home}) as app:
        assert "missing.mp4 is neither a video file" in next_message(app)
        yield app


def next_message(window: subprocess.Popen[str]) -> str:
    """The next message in the window."""
    assert window.stdout is not None
    for line in window.stdout:
        kind, _, text = line.partition("\t")
        if kind == "message":
            return text.strip()
    raise AssertionError(f"the window has gone: {window.stderr and window.stderr.read()}")


def start(window: subprocess.Popen[str], source: object) -> None:
    assert window.stdin is not None
    window.stdin.write(f"{source}\n")
    window.stdin.flush()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("camera:97", "camera"),
        ("screen:5000,5000,100,100", "region 5000,5000,100,100 is outside the screen"),
        ("screen:9", "no monitor 9"),
        ("window:nobody has this", "klipnet-live devices"),
        ("gone.mp4", "gone.mp4 is neither a video file nor a source"),
        (DEMO.with_suffix(".json"), "as a video"),
    ],
)
def test_a_missing_source_is_reported(source: str, expected: str, window: subprocess.Popen[str]) -> None:
    start(window, source)
    message = next_message(window)
    assert expected in message
    assert "\n" not in message


def test_a_video_without_a_face_is_reported(faceless: Path, window: subprocess.Popen[str]) -> None:
    start(window, faceless)
    assert f"No face was found in {faceless.name}" in next_message(window)


def test_captions_work_after_all_these_errors(window: subprocess.Popen[str]) -> None:
    start(window, DEMO)
    assert window.stdout is not None
    assert any(line.startswith("completed") for line in window.stdout)


def test_a_damaged_model_is_reported(desktop: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(MODELS / "en-grid", tmp_path / "model")
    with (tmp_path / "model" / "stream.onnx").open("ab") as file:
        file.write(b"\0")
    with started([*WATCHED_WINDOW, str(DEMO), "--model", str(tmp_path / "model")], desktop) as app:
        assert "stream.onnx differs from the published file. Copy" in next_message(app)
