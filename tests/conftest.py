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

if TYPE_CHECKING:
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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `pytest -n N --dist loadgroup`, run tests that share slow fixtures in one worker.

    This hook must run before the one in which pytest-xdist reads the groups.
    """
    items.sort(
        key=lambda item: (
            SLOW_FOLDERS.index(folder) if (folder := _folder(item)) in SLOW_FOLDERS else len(SLOW_FOLDERS)
        )
    )
    for item in items:
        group = folder if (folder := _folder(item)) in SHARING_FOLDERS else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(REPOSITORY / "tests").parts[0]


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
