from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import IO

import pytest

from klipnet_live.outputs.typing.keyboard import keyboard
from klipnet_live.outputs.typing.macos import pieces
from klipnet_live.outputs.typing.windows import KEY_UP, UNICODE, key_events
from klipnet_live.types import UserError
from tests.builders import REPOSITORY
from tests.display import display_server
from tests.processes import killed_with_parent

WINDOW = """
import sys
import time
from PySide6.QtWidgets import QApplication, QLineEdit

BUSY_S = 0.15

def show(text):
    print(text, flush=True)
    time.sleep(BUSY_S)

app = QApplication(sys.argv)
field = QLineEdit()
field.textChanged.connect(show)
field.show()
field.activateWindow()
field.setFocus()
print("ready", flush=True)
app.exec()
"""


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A private X display."""
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed")
    with display_server(640, 480) as (name, _):
        monkeypatch.setenv("DISPLAY", name)
        yield name


@pytest.fixture
def window(display: str) -> Iterator[IO[str]]:
    """Contents of a focused text field that is slower than the keys, one line per change."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    with subprocess.Popen(
        killed_with_parent([sys.executable, "-c", WINDOW]),
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=REPOSITORY,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        search = ["xdotool", "search", "--sync", "--pid", str(process.pid)]
        found = subprocess.run(search, capture_output=True, text=True, check=True)
        subprocess.run(["xdotool", "windowfocus", "--sync", found.stdout.split()[-1]], check=True)
        yield process.stdout
        process.terminate()


@pytest.mark.parametrize("texts", [["-n bin Blue, at! "], ["학생 축구 그러나 ", "분필 하지만 칠 노랑 "]])
def test_text_arrives_in_the_focused_window(display: str, window: IO[str], texts: list[str]) -> None:
    type_text = keyboard("linux", {"DISPLAY": display})
    for text in texts:
        type_text(text)
    arrived = ""
    # Reads until the whole text is there; the test's time limit ends it where it never is.
    while arrived != "".join(texts):
        arrived = window.readline().rstrip("\n")


def test_a_missing_display_or_library_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="needs a desktop"):
        keyboard("linux", {})
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="apt install wtype"):
        keyboard("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"})
    with pytest.raises(UserError, match="apt install xdotool"):
        keyboard("linux", {"DISPLAY": ":0"})


@pytest.mark.skipif(shutil.which("xdotool") is None, reason="needs xdotool")
def test_a_desktop_that_refuses_key_events_is_reported() -> None:
    with pytest.raises(UserError, match="cannot type"):
        keyboard("linux", {"DISPLAY": ":987"})("text")


def test_windows_events_press_and_release_each_code_unit() -> None:
    assert key_events("a안") == [
        (ord("a"), UNICODE),
        (ord("a"), UNICODE | KEY_UP),
        (ord("안"), UNICODE),
        (ord("안"), UNICODE | KEY_UP),
    ]
    assert [code for code, _ in key_events("😀")] == [0xD83D, 0xD83D, 0xDE00, 0xDE00]


def test_macos_events_hold_whole_characters() -> None:
    text = "가" * 19 + "😀" + "나" * 30
    assert b"".join(pieces(text)).decode("utf-16-le") == text
    assert all(len(piece) <= 40 and piece.decode("utf-16-le") for piece in pieces(text))
