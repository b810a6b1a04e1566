"""A short run over damaged files of each kind; `python -m benchmarks.fuzz --minutes N` runs longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.fuzz import FuzzTarget, fault_of
from klipnet_live.types import UserError
from tests.conftest import REPOSITORY


def test_damaged_files_cause_neither_crashes_nor_tracebacks(tmp_path: Path) -> None:
    """In a separate process, so that crashes of native code are noticed."""
    command = [sys.executable, "-m", "benchmarks.fuzz", "--rounds", "60", "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=170, check=False)
    assert (done.returncode, list(tmp_path.iterdir())) == (0, []), done.stderr
    assert int(done.stdout.split()[0]) > 250


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), UserError("two\nlines"), SystemExit(1)])
def test_an_error_without_a_message_counts_as_a_fault(tmp_path: Path, error: BaseException) -> None:
    def read(path: Path) -> None:
        raise error

    assert fault_of(FuzzTarget((b"",), "case", read), b"", tmp_path / "case") is not None


def test_a_one_line_error_is_no_fault(tmp_path: Path) -> None:
    def read(path: Path) -> None:
        raise UserError("{path} is damaged: copy it again.", path=path)

    assert fault_of(FuzzTarget((b"",), "case", read), b"", tmp_path / "case") is None
