"""Several pipelines in one process, as when a user changes the source repeatedly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.footage import DEMO, encode, frames_of

PIPELINES = 8
GROWTH_MB = 40.0
"""In MB, from the second pipeline to the last; it was 80 when each loaded its own face networks.

What the process holds goes up and down by as much from one to the next, so that the least of three counts.
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process what it uses")
def test_repeated_pipelines_use_no_more_memory(tmp_path: Path) -> None:
    video = encode(tmp_path / "short.mp4", [frame.image for frame in frames_of(DEMO, 20)])
    command = [sys.executable, "-m", "tests.pipeline.repeated_pipelines", str(video), str(PIPELINES)]
    output = subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE).stdout
    _, second, *_, before, between, last = map(json.loads, output.splitlines())
    held_mb = min(run["resident_mb"] for run in (before, between, last))
    assert held_mb - second["resident_mb"] < GROWTH_MB
    assert last["handles"] <= second["handles"]
    assert last["python_threads"] <= second["python_threads"]
