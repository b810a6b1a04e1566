"""Fixtures that every test package shares."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis

# Before PySide6, whose import hook reads the source of half-imported modules and breaks pydantic's lazy ones.
import pydantic.types  # noqa: F401
import pytest

if TYPE_CHECKING:
    from klipnet_live.captions.painter import CaptionPainter

REPOSITORY = Path(__file__).parents[1]

# Qt starts a D-Bus daemon of its own where a desktop is installed. Under a tracer this daemon
# outlives the test with a broken system call filter, and hangs every later window.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"

# Locks between windows go where no test of another run finds them.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="klipnet-tests-")

# A busy computer makes no test wrong.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real recordings; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("KLIPNET_DATA", REPOSITORY.parent / "shared" / "data"))
    if not (folder / "grid_s1" / "transcripts.tsv").is_file():
        pytest.skip(f"no recordings at {folder} (set KLIPNET_DATA)")
    return folder


@pytest.fixture
def painter(request: pytest.FixtureRequest) -> CaptionPainter:
    """Paints captions without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    request.getfixturevalue("qapp")
    from klipnet_live.captions.painter import CaptionPainter

    return CaptionPainter()
