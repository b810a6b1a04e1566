"""Servers and recordings shared by several test files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.footage import DEMO, FIRST_LINE_FRAMES, encode, frames_of
from tests.web.server import Server, serving

pytest.importorskip("fastapi", reason="the extra `web` is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that neither stop nor limit it."""
    with serving(tmp_path_factory.mktemp("server"), "--jobs", "2") as server:
        yield server


@pytest.fixture(scope="package")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sentence of the demo."""
    pictures = [frame.image for frame in frames_of(DEMO, FIRST_LINE_FRAMES)]
    return encode(tmp_path_factory.mktemp("clip") / "first sentence.mp4", pictures)


@pytest.fixture(scope="package")
def done(server: Server, clip: Path) -> str:
    """The id of a finished job."""
    job_id = server.upload(clip, language="en")
    assert server.wait(job_id)["state"] == "done"
    return job_id
