"""A display of our own, and a window with known colours on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.display import display_server
from tests.processes import killed_with_parent

SCREEN = (640, 480)
WINDOW = (100, 60, 200, 120)
"""Left, top, width and height of the colour window."""


@pytest.fixture(scope="session")
def xvfb() -> Iterator[str]:
    """The name of a display that nothing else uses."""
    with display_server(*SCREEN) as (name, _):
        yield name


@pytest.fixture
def short_lived_display(xvfb: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """Another display, which DISPLAY names, to be killed."""
    with display_server(*SCREEN) as (name, server):
        monkeypatch.setenv("DISPLAY", name)
        yield server


@pytest.fixture
def display(xvfb: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DISPLAY", xvfb)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return xvfb


@pytest.fixture(scope="module")
def colour_window(xvfb: str) -> Iterator[None]:
    """A window titled `Four colours (test)`."""
    with _shown(xvfb, "Four colours (test)", WINDOW):
        yield


@pytest.fixture
def short_lived_window(xvfb: str) -> Iterator[subprocess.Popen[str]]:
    """The program of a window titled `Short-lived`, to be killed."""
    with _shown(xvfb, "Short-lived", (400, 300, 64, 64)) as program:
        yield program


@pytest.fixture
def korean_window(xvfb: str) -> Iterator[None]:
    """A window titled `줌 회의`."""
    with _shown(xvfb, "줌 회의", (400, 300, 64, 64)):
        yield


@contextmanager
def _shown(display: str, title: str, place: tuple[int, int, int, int]) -> Iterator[subprocess.Popen[str]]:
    script = Path(__file__).with_name("colour_window.py")
    with subprocess.Popen(
        killed_with_parent([sys.executable, str(script), title, *map(str, place)]),
        env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""},
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "shown\n"
        yield program
        program.kill()
