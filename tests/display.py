"""A private X display for a test."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.processes import killed_with_parent


@contextmanager
def display(width: int, height: int) -> Iterator[str]:
    """The name of a new Xvfb display that nothing else uses; skips the test where there is no Xvfb."""
    with display_server(width, height) as (name, _):
        yield name


@contextmanager
def display_server(width: int, height: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same, with its process."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    # Without -noreset, it starts over when its last client leaves, and refuses connections meanwhile.
    options = f"-displayfd {writing} -screen 0 {width}x{height}x24 -nolisten tcp -noreset"
    command = killed_with_parent(["Xvfb", *options.split()])
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}", server
    finally:
        server.terminate()
        server.wait()
