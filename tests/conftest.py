"""Fixtures that every test package shares."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis

# Before PySide6, whose import hook reads the source of half-imported modules and breaks pydantic's lazy ones.
import pydantic.types  # noqa: F401
import pytest
from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer

    from klipnet_live.captions.painter import CaptionPainter

REPOSITORY = Path(__file__).parents[1]

# Qt starts a D-Bus daemon of its own where a desktop is installed. Under a tracer this daemon
# outlives the test with a broken system call filter, and hangs every later window.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"

# User data and the sockets between windows go to folders of this process, so that tests see neither files of
# other test processes nor those of the developer.
_OWN = Path(tempfile.mkdtemp(prefix="klipnet-tests-"))
atexit.register(shutil.rmtree, _OWN, ignore_errors=True)
for _name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
    os.environ[_name] = str(_OWN / _name.lower())
    (_OWN / _name.lower()).mkdir(mode=0o700)

# A background job of a shell ignores Ctrl+C, and so do the programs that it starts. The tests of how programs
# end need programs that react to it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy computer makes no test wrong.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")


SLOW_FOLDERS = ("web", "end_to_end", "commands", "training")
"""These run first, so that no worker is still busy with one of them when the others have finished."""

SHARING_FOLDERS = ("web", "reading")
"""All files of such a folder run in one worker, as they share a server or a video that is slow to read."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: (
            SLOW_FOLDERS.index(folder)
            if (folder := _folder(item.nodeid)) in SLOW_FOLDERS
            else len(SLOW_FOLDERS)
        )
    )


class SharingScheduling(LoadFileScheduling):
    """Runs tests that share slow fixtures in one worker: those of a file, or of a whole folder.

    pytest-xdist has marks for such groups, which pytest 9.2 ignores without a word (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        folder = _folder(nodeid)
        return folder if folder in SHARING_FOLDERS else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    return SharingScheduling(config, log) if config.getvalue("dist") == "loadfile" else None


def _folder(nodeid: str) -> str:
    """The part after tests/ of an identifier such as tests/web/test_page.py::test_it."""
    return nodeid.split("/")[1]


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
