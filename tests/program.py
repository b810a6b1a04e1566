"""Runs `klipnet-live` as its users do: as a separate process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tests.conftest import REPOSITORY
from tests.processes import killed_with_parent

PROGRAM = (sys.executable, "-m", "klipnet_live")
TIMEOUT_S = 170

Finished = subprocess.CompletedProcess[str]


def klipnet_live(*arguments: object, **environment: str) -> Finished:
    """Runs the command to its end. No display is visible unless DISPLAY is given."""
    return run([*PROGRAM, *map(str, arguments)], **environment)


def run(command: Sequence[str], **environment: str) -> Finished:
    """Runs any command in the repository, and captures its output."""
    return subprocess.run(
        killed_with_parent(command), cwd=REPOSITORY, env=without_display() | environment,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
        timeout=TIMEOUT_S, check=False,
    )  # fmt: skip


def without_display() -> dict[str, str]:
    """The environment of a computer without a desktop."""
    desktop = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return {name: value for name, value in os.environ.items() if name not in desktop}


def events_of(finished: Finished) -> list[dict[str, Any]]:
    """The events that `watch --jsonl` printed; the command must have succeeded without messages."""
    assert (finished.returncode, finished.stderr) == (0, "")
    return [json.loads(line) for line in finished.stdout.splitlines()]
