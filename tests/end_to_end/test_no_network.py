"""Nothing leaves the computer: the process is traced for network calls while captions run.

ONNX Runtime from 1.29 on sends usage data on Linux and macOS after some seconds, unless it is told not to
or finds itself under test: so the app runs here for the demo's whole length, and as on a user's computer.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.end_to_end.conftest import WATCHED_WINDOW, started
from tests.footage import DEMO
from tests.processes import killed_with_parent
from tests.program import PROGRAM, run

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

_LOCAL_CALL = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"

_SIGNS_OF_A_TEST = (
    "CI", "ORT_RUNNING_UNIT_TESTS", "ORT_DISABLE_TELEMETRY", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI",
    "CIRCLECI", "TRAVIS", "JENKINS_URL", "CODEBUILD_BUILD_ID", "BUILDKITE", "TEAMCITY_VERSION", "APPVEYOR",
)  # fmt: skip


def traced(log: Path, command: Sequence[str]) -> list[str]:
    """The command under a tracer that logs every network call of its threads and children."""
    unset = [f"--unset={name}" for name in _SIGNS_OF_A_TEST]
    tracer = ["strace", "-f", "--seccomp-bpf", "-e", "trace=network", "-o", str(log)]
    return ["env", *unset, *tracer, *killed_with_parent(command)]


def internet_calls(log: Path) -> list[str]:
    """Calls that created, used or named an Internet socket; other sockets never leave the computer."""
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [call for call in calls if re.search(r"\bAF_INET6?\b|\bhtons\(", call)]


@pytest.fixture(autouse=True)
def _tracer_works(tmp_path: Path) -> None:
    """Some containers do not allow tracing. Also checks that the tracer would find a call."""
    log = tmp_path / "check.log"
    finished = run(traced(log, [sys.executable, "-c", _LOCAL_CALL]))
    if finished.returncode != 0 or not log.exists():
        pytest.skip(f"strace cannot trace here: {finished.stderr.strip()}")
    assert internet_calls(log)


def test_captions_in_the_terminal_use_no_network(tmp_path: Path) -> None:
    log = tmp_path / "watch.log"
    finished = run(traced(log, [*PROGRAM, "watch", str(DEMO)]))
    assert finished.returncode == 0
    assert "Speaker" in finished.stdout
    assert internet_calls(log) == []


def test_captions_in_the_window_use_no_network(desktop: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "window.log"
    with started(traced(log, [*WATCHED_WINDOW, str(DEMO)]), desktop) as app:
        assert app.stdout is not None
        shown = [next(app.stdout)]
        while not shown[-1].startswith("message"):
            shown.append(next(app.stdout))
        app.communicate(timeout=60)
    assert any(line.startswith("completed\tSpeaker") for line in shown)
    assert app.returncode == 0
    assert internet_calls(log) == []
