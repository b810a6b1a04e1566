"""Where bundled files are, once the app is installed without its sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.parametrize("scheme", ["environment", "user"])
def test_an_installation_finds_its_files(tmp_path: Path, scheme: str) -> None:
    """The package alone, and the data files where pip puts them."""
    package, home = tmp_path / "site" / "klipnet_live", tmp_path / "home"
    package.mkdir(parents=True)
    for name in ("__init__.py", "assets.py"):
        shutil.copy(REPOSITORY / "klipnet_live" / name, package)
    expected = Path(sysconfig.get_path("data"), "share", "klipnet-live")
    if scheme == "user":
        expected = home / "share" / "klipnet-live"
        expected.mkdir(parents=True)
    program = "from klipnet_live.assets import ASSETS; print(ASSETS)"
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONUSERBASE": str(home)}
    found = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == expected / "assets"
