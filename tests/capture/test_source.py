"""Names of sources, and the cost of importing them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from klipnet_live.capture import open_source
from klipnet_live.capture.base import Region
from klipnet_live.capture.source import parse_screen
from klipnet_live.types import UserError


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("", 0),
        ("1", 1),
        ("2", 2),
        ("10,20,300,200", Region(10, 20, 300, 200)),
        ("-5,0,9,9", Region(-5, 0, 9, 9)),
    ],
)
def test_screen_names(text: str, area: int | Region) -> None:
    assert parse_screen(text) == area


@pytest.mark.parametrize("text", ["0", "-1", "left", "1,2,3", "1,2,3,0", "1,2,-3,4", "1,2,3,4,5", "1.5"])
def test_an_invalid_screen_name_is_explained(text: str) -> None:
    with pytest.raises(UserError, match=rf"screen:{text}.*screen:X,Y,W,H"):
        open_source(f"screen:{text}")


@pytest.mark.parametrize("spec", ["camera:", "window:"])
def test_a_source_without_a_name_refers_to_the_list_of_devices(spec: str) -> None:
    with pytest.raises(UserError, match="klipnet-live devices"):
        open_source(spec)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.mp4", tmp_path):
        with pytest.raises(UserError, match="neither a video file nor a source") as raised:
            open_source(str(path))
        assert str(path) in str(raised.value)


@pytest.mark.parametrize("spec", ["~no-such-user/talk.mp4", 300 * "x", "talk\0.mp4"])
def test_invalid_source_names_are_refused(spec: str) -> None:
    with pytest.raises(UserError, match="neither a video file nor a source"):
        open_source(spec)


def test_importing_capture_loads_no_adapter() -> None:
    code = (
        "import sys, klipnet_live.capture; "
        "print(sorted({'cv2', 'mss', 'av', 'PySide6', 'cv2_enumerate_cameras'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
