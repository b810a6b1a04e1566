"""The window does not cover the region of the screen that it captures."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from klipnet_live.ui.sources.overlap_guard import covers_source, is_region, uncovered_geometry
from tests.ui.conftest import Open


def test_an_uncovered_place_beside_the_captured_region_is_found(open_desktop: Open) -> None:
    screen = QGuiApplication.primaryScreen().availableGeometry()
    region = f"screen:{screen.x()},{screen.y()},200,{screen.height()}"
    desktop = open_desktop("talk.mp4")
    desktop.window.resize(400, 300)
    desktop.window.move(screen.topLeft())
    assert (geometry := uncovered_geometry(desktop.window.geometry(), region)) is not None
    assert geometry.size() == desktop.window.size()
    assert screen.contains(geometry)
    assert not covers_source(geometry, region)
    everything = f"screen:{screen.x()},{screen.y()},{screen.width()},{screen.height()}"
    assert uncovered_geometry(desktop.window.geometry(), everything) is None
    assert is_region(everything)
    assert not is_region("screen:1")


def test_a_window_that_covers_the_captured_region_is_reported(open_desktop: Open) -> None:
    screen = QGuiApplication.primaryScreen().geometry()
    desktop = open_desktop(f"screen:{screen.x()},{screen.y()},{screen.width()},{screen.height()}")
    assert "This window covers" in desktop.window.message_bar.text.text()
