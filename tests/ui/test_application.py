"""The app as a process: it starts, captions, and ends when its window is closed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from klipnet_live.ui.app.application import forget_opencv_plugins
from tests.conftest import REPOSITORY

_SCRIPT = """
import os
import signal
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.app import application
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.services import StartChoice, Services
from tests.ui.fakes import FakeFactory, FakeJobs, FakeStudios, caption

factory = FakeFactory()
original_open = AppShell.open
SIGNAL = getattr(signal, sys.argv[2], None)

def open_and_close(self, *choice):
    original_open(self, *choice)
    factory.made[0].lingers = False
    factory.made[0].say(caption("completed"))
    end = (lambda: os.kill(os.getpid(), SIGNAL)) if SIGNAL else self.window.close
    QTimer.singleShot(500, end)

AppShell.open = open_and_close
folder = Path(sys.argv[1])
services = Services(factory, FakeJobs(), FakeStudios(), list, SessionStore(folder / "sessions"))
status = application.run_app(StartChoice("talk.mp4", "ko"), services, folder / "settings.json")
pipeline = factory.made[0]
print(status, pipeline.source, pipeline.language, pipeline.started, pipeline.stopped)
reopened = SessionStore(folder / "sessions")
print([session.lines[0].line.text for session in reopened.sessions()], reopened.recovered())
print({"torch", "mediapipe", "onnxruntime", "av"} & set(sys.modules))
"""


@pytest.mark.parametrize("how", ["close", *(f"SIG{name}" for name in ("INT", "TERM", "HUP"))])
def test_the_app_runs_until_its_window_is_closed_or_a_signal_arrives(tmp_path: Path, how: str) -> None:
    """After a signal the session counts as complete, not as interrupted by a crash."""
    if how != "close" and (sys.platform == "win32" or not hasattr(signal, how)):
        pytest.skip("Windows ends processes without a signal")
    result = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path), how],
        cwd=REPOSITORY, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.stdout.splitlines() == ["0 talk.mp4 ko True True", "['bin blue'] []", "set()"], (
        result.stderr
    )
    assert '"source": "talk.mp4"' in (tmp_path / "settings.json").read_text(encoding="utf-8")


def test_qt_does_not_use_the_plugins_of_opencv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/nowhere")
    monkeypatch.setenv("QT_QPA_FONTDIR", "/nowhere")
    forget_opencv_plugins()
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert "QT_QPA_FONTDIR" not in os.environ


def test_window_and_pipeline_can_be_imported_together() -> None:
    """PySide6 hooks every reopened import, and pydantic's lazy imports failed under that hook."""
    result = subprocess.run(
        [sys.executable, "-c", "import klipnet_live.app, klipnet_live.ui.app.application"],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
