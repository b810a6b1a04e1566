"""How the program starts and ends if its streams are closed or full, or Ctrl+C comes early."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.program import PROGRAM, Finished, klipnet_live, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells and signals")

_INTERRUPTED_IMPORT = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
"""

_INTERRUPTED_CHILD = """
import os, signal, sys

if any("spawn_main" in word for word in sys.orig_argv):
    os.kill(os.getpid(), signal.SIGINT)
"""


def in_shell(command: str) -> Finished:
    return run(["sh", "-c", command, *PROGRAM])


@pytest.fixture
def damaged_video(tmp_path: Path) -> Path:
    """A file that a child process finds out to be no video."""
    path = tmp_path / "notes.mp4"
    path.write_text("no video", encoding="utf-8")
    return path


def test_closed_streams_do_not_disturb_child_processes(damaged_video: Path) -> None:
    finished = in_shell(f'"$0" "$@" caption {damaged_video} <&- >&-')
    assert finished.returncode == 1
    assert finished.stderr.startswith(f"klipnet-live: Cannot play {damaged_video} as a video")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_reported() -> None:
    finished = in_shell('"$0" "$@" models path > /dev/full')
    assert finished.returncode == 1
    (line,) = finished.stderr.splitlines()
    assert "no space left" in line
    assert "Free some disk space" in line


def interrupted(code: str, folder: Path, *arguments: object) -> Finished:
    """Runs the command with `code` executed at the start of every Python process."""
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return klipnet_live(*arguments, PYTHONPATH=f"{folder}:{REPOSITORY}")


def test_ctrl_c_while_the_program_is_imported_ends_it_without_a_traceback(tmp_path: Path) -> None:
    finished = interrupted(_INTERRUPTED_IMPORT, tmp_path, "models")
    assert (finished.returncode, finished.stdout, finished.stderr) == (-signal.SIGINT, "", "")


def test_ctrl_c_does_not_stop_a_child_process_before_its_parent_does(
    tmp_path: Path, damaged_video: Path
) -> None:
    finished = interrupted(_INTERRUPTED_CHILD, tmp_path, "caption", damaged_video)
    assert finished.returncode == 1
    assert finished.stderr.startswith(f"klipnet-live: Cannot play {damaged_video} as a video")
