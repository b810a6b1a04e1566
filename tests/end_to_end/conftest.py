"""The app in a window on a private display."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.display import display
from tests.processes import killed_with_parent
from tests.program import without_display

SCREEN = (1600, 800)

WATCHED_WINDOW = (sys.executable, "-m", "tests.end_to_end.watched_window")


@pytest.fixture(scope="session")
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs started on the display."""
    with display(*SCREEN) as name:
        player = {"SDL_AUDIODRIVER": "dummy", "SDL_RENDER_DRIVER": "software"}
        yield without_display() | player | {"DISPLAY": name}


@pytest.fixture
def desktop(screen: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The same for a user who has never started the app."""
    return screen | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}


@contextmanager
def started(command: Sequence[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A program whose output is read while it runs; it ends with the test."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        killed_with_parent(command), cwd=REPOSITORY, env=environment, stdin=pipe, stdout=pipe, stderr=pipe,
        encoding="utf-8", start_new_session=True,
    ) as program:  # fmt: skip
        try:
            yield program
        finally:
            _end_group(program.pid)


def _end_group(leader: int) -> None:
    """Ends a program and its children: a killed tracer leaves its program running."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
