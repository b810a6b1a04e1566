"""The frozen app in the folder KLIPNET_FROZEN, as it runs on a computer without Python."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from klipnet_live import __version__
from tests.conftest import REPOSITORY
from tests.display import display
from tests.end_to_end.test_no_network import internet_calls, traced
from tests.processes import killed_with_parent
from tests.program import klipnet_live, run, without_display

FOLDER = os.environ.get("KLIPNET_FROZEN")
pytestmark = [
    pytest.mark.skipif(not FOLDER, reason="KLIPNET_FROZEN names no frozen app (make app)"),
    pytest.mark.timeout(600),
]

APP = (REPOSITORY / (FOLDER or "dist")).absolute()
PROGRAM = str(APP / "klipnet-live")
INSIDE = APP / "_internal"
DEMO = INSIDE / "assets" / "demo" / "demo-en.mp4"

WINDOW_TIMEOUT_S = 240
LEFT_OUT = {
    "pyvirtualcam", "torch", "klipnet_training", "tensorboard", "onnx", "matplotlib", "jiwer", "sacrebleu",
    "pytest", "libreadline.so.8",
}  # fmt: skip
PARTS_INSIDE = (
    "LICENSE", "assets/NOTICE.md", "assets/licenses/GPL-3.0.txt", "assets/face_landmarker.task",
    "models/en-grid/stream.onnx", "klipnet_live/ui/text/translations/klipnet_ko.qm",
    "PySide6/Qt/translations/qtbase_ko.qm",
)  # fmt: skip


def test_the_version_is_printed() -> None:
    assert run([PROGRAM, "--version"]).stdout.split() == ["klipnet-live", __version__]


@pytest.mark.parametrize("part", PARTS_INSIDE)
def test_required_parts_are_included(part: str) -> None:
    assert (INSIDE / part).is_file()


def test_training_libraries_are_not_included() -> None:
    readers = pytest.importorskip("PyInstaller.archive.readers")
    modules = readers.CArchiveReader(PROGRAM).open_embedded_archive("PYZ.pyz").toc
    assert "klipnet_live.cli" in modules
    assert LEFT_OUT & {name.partition(".")[0] for name in modules} == set()
    assert LEFT_OUT & {path.name.partition("-")[0] for path in INSIDE.iterdir()} == set()


def test_captions_equal_those_of_the_checkout(tmp_path: Path) -> None:
    frozen, checkout = tmp_path / "frozen.srt", tmp_path / "checkout.srt"
    model = INSIDE / "models" / "en-grid"
    assert run([PROGRAM, "caption", str(DEMO), "--model", str(model), "-o", str(frozen)]).returncode == 0
    assert klipnet_live("caption", DEMO, "--model", model, "-o", checkout).returncode == 0
    assert "Speaker" in frozen.read_text(encoding="utf-8")
    assert frozen.read_text(encoding="utf-8") == checkout.read_text(encoding="utf-8")


def test_a_missing_virtual_camera_is_explained() -> None:
    finished = run([PROGRAM, "watch", str(DEMO), "--virtual-camera"])
    assert finished.returncode == 1
    assert "pip install klipnet-live" in finished.stderr
    assert len(finished.stderr.splitlines()) == 1


def test_the_doctor_finds_every_part() -> None:
    report = run([PROGRAM, "doctor"], COLUMNS="200").stdout
    for part in ("MediaPipe", "Face model", "ONNX Runtime", "Lip models", "Fonts"):
        assert re.search(rf"^ok +{part} ", report, re.MULTILINE), report
    assert re.search("^not found +Virtual camera", report, re.MULTILINE), report
    assert "Virtual camera: This build does not include the virtual camera" in report


def test_the_capture_helper_is_the_same_program() -> None:
    """The helper process is the same program: it must serve, not open a second window."""
    with display(640, 480) as name:
        finished = run([PROGRAM, "devices"], DISPLAY=name)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert re.search(r"Windows:\n +none found", finished.stdout)


def test_the_window_captions_the_demo_without_network_calls(tmp_path: Path) -> None:
    """The window's lines are read from the transcript that it saves."""
    log = tmp_path / "calls.log"
    app = [PROGRAM, "--demo"]
    command = traced(log, app) if shutil.which("strace") else app
    with display(1280, 800) as name, _window(command, name, tmp_path):
        spoken = _lines_of_the_demo(tmp_path)
    assert spoken
    assert all(re.fullmatch(r"[a-z ]+", text) for text in spoken)
    if log.exists():
        assert internet_calls(log) == []


@contextmanager
def _window(command: list[str], name: str, home: Path) -> Iterator[None]:
    """The app, as a new user starts it."""
    folders = {"HOME": home, "XDG_DATA_HOME": home / "data", "XDG_CONFIG_HOME": home / "config"}
    environment = without_display() | {key: str(folder) for key, folder in folders.items()}
    with subprocess.Popen(killed_with_parent(command), env=environment | {"DISPLAY": name}) as program:
        try:
            yield
            assert program.poll() is None, "the window has closed by itself"
        finally:
            program.kill()


def _lines_of_the_demo(home: Path) -> list[str]:
    """Waits until the transcript is closed because the demo has ended."""
    deadline_s = time.monotonic() + WINDOW_TIMEOUT_S
    while True:
        written = [line for file in home.glob("data/**/*.jsonl") for line in file.read_text().splitlines()]
        records = [json.loads(line) for line in written if line.endswith("}")]
        texts = [record["text"] for record in records if record["record"] == "line"]
        if any(record["record"] == "closed" for record in records):
            return texts
        assert time.monotonic() < deadline_s, f"only {texts} after {WINDOW_TIMEOUT_S} s"
        time.sleep(0.5)
