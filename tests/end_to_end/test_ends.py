"""Every command stops soon after a signal, whatever is blocked, with the exit status of a clean stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.conftest import started
from tests.footage import DEMO
from tests.hostile_models import endless_model
from tests.program import PROGRAM, without_display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the system what a process heeds")

WORK_S = 3.0
"""Seconds from the installation of the signal handlers until the command is busy."""


def at_work(program: subprocess.Popen[str]) -> None:
    """Wait until the program has started."""
    mask = 1 << (signal.SIGTERM - 1)
    while program.poll() is None and not caught_by(program.pid) & mask:
        time.sleep(0.05)
    time.sleep(WORK_S)


def caught_by(pid: int) -> int:
    """The signals for which a process has handlers."""
    status = Path(f"/proc/{pid}/status").read_text("ascii", errors="replace")
    return int(status.partition("SigCgt:")[2].split()[0], 16)


def seconds_to_end(program: subprocess.Popen[str], number: int) -> float:
    began_s = time.monotonic()
    program.send_signal(number)
    program.wait(20)
    return time.monotonic() - began_s


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_ends_although_a_model_never_returns(tmp_path: Path, number: int) -> None:
    command = [*PROGRAM, "watch", str(DEMO), "--model", str(endless_model(tmp_path))]
    with started(command, without_display()) as program:
        at_work(program)
        assert seconds_to_end(program, number) < 2.5
        assert program.returncode == 0
        assert program.stderr is not None
        assert "Traceback" not in (errors := program.stderr.read())
        assert "terminate" not in errors


def test_watch_ends_although_the_reader_of_its_output_has_stalled(tmp_path: Path) -> None:
    pipe_in, pipe_out = os.pipe()
    os.set_blocking(pipe_out, False)
    try:
        while True:
            os.write(pipe_out, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(pipe_out, True)
    command = [*PROGRAM, "watch", "--jsonl", str(DEMO)]
    with subprocess.Popen(
        command, env=without_display(), stdout=pipe_out, stderr=subprocess.PIPE, text=True
    ) as program:
        at_work(program)
        assert seconds_to_end(program, signal.SIGTERM) < 2.5
        assert program.returncode == 0
    os.close(pipe_in)
    os.close(pipe_out)


def test_watch_ends_although_the_capture_helper_is_suspended(screen: dict[str, str]) -> None:
    """A process suspended in the middle of a frame: receiving would never end."""
    show = [sys.executable, "tests/capture/colour_window.py", "colours", "10", "10", "1200", "700"]
    with started(show, screen) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "shown\n"
        with started([*PROGRAM, "watch", "window:colours"], screen) as program:
            at_work(program)
            helpers = [pid for pid in children_of(program.pid) if "spawn_main" in command_of(pid)]
            assert helpers
            for pid in helpers:
                os.kill(pid, signal.SIGSTOP)
            assert seconds_to_end(program, signal.SIGTERM) < 3.5
        assert not [pid for pid in helpers if Path(f"/proc/{pid}").exists() and "Z" not in state_of(pid)]


def test_the_window_closes_although_a_model_never_returns(desktop: dict[str, str], tmp_path: Path) -> None:
    command = [*PROGRAM, str(DEMO), "--model", str(endless_model(tmp_path))]
    with started(command, desktop) as program:
        at_work(program)
        assert seconds_to_end(program, signal.SIGTERM) < 5
        assert program.returncode == 0
        assert program.stderr is not None
        assert "terminate" not in program.stderr.read()


def children_of(pid: int) -> list[int]:
    """A child process belongs to the thread that started it."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for children in lists for child in children.read_text("ascii").split()]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace").rpartition(")")[2].split()[0]
