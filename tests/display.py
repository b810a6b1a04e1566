"""A display of a test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def display(width: int, height: int) -> Iterator[str]:
    """The name of a new Xvfb display that nothing else uses; skips the test where there is no Xvfb."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    options = f"-displayfd {writing} -screen 0 {width}x{height}x24 -nolisten tcp"
    server = subprocess.Popen(["Xvfb", *options.split()], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
