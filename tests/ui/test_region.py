"""Choosing a region of the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from klipnet_live.capture.base import Region
from klipnet_live.capture.source import parse_screen
from klipnet_live.ui.look.tokens import PLATE
from klipnet_live.ui.sources.region import captured_pixels, region_spec
from klipnet_live.ui.sources.region_picker import RegionOverlay, RegionPicker


def test_a_region_is_scaled_by_the_pixel_ratio_of_its_screen() -> None:
    second_screen = QRect(3840, 0, 1920, 1080)
    area = QRect(3840 + 100, 50, 300, 200)
    assert captured_pixels(area, second_screen, 2.0, "linux") == QRect(3840 + 200, 100, 600, 400)


def test_a_region_is_not_scaled_on_macos() -> None:
    area = QRect(100, 50, 300, 200)
    assert captured_pixels(area, QRect(0, 0, 1440, 900), 2.0, "darwin") == area


@given(st.integers(0, 900), st.integers(0, 500), st.integers(32, 900), st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_a_region_is_scaled_from_the_corner_of_its_screen(x: int, y: int, size: int, ratio: float) -> None:
    screen = QRect(-1920, 0, 1920, 1080)
    pixels = captured_pixels(QRect(screen.x() + x, y, size, size), screen, ratio, "win32")
    from_corner = (pixels.x() - screen.x(), pixels.y(), pixels.width(), pixels.height())
    assert from_corner == pytest.approx((x * ratio, y * ratio, size * ratio, size * ratio), abs=0.5)


def test_the_region_can_be_parsed_by_screen_capture() -> None:
    assert parse_screen(region_spec(QRect(-10, 20, 300, 200)).partition(":")[2]) == Region(-10, 20, 300, 200)


@pytest.fixture
def overlay(qtbot: QtBot) -> RegionOverlay:
    widget = RegionOverlay(QGuiApplication.primaryScreen())
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_dragging_up_and_left_picks_a_normal_rectangle(qtbot: QtBot, overlay: RegionOverlay) -> None:
    qtbot.mousePress(overlay, Qt.MouseButton.LeftButton, pos=QPoint(300, 250))
    qtbot.mouseMove(overlay, QPoint(101, 101))
    with qtbot.waitSignal(overlay.picked) as signal:
        qtbot.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=QPoint(101, 101))
    assert signal.args == [QRect(101, 101, 199, 149)]


@pytest.mark.parametrize(("area", "below"), [(QRect(), False), (QRect(0, 0, 800, 200), True)])
def test_the_help_does_not_cover_the_region(overlay: RegionOverlay, area: QRect, below: bool) -> None:
    overlay.area = area
    picture = overlay.grab().toImage()
    help_rows = [
        y > overlay.height() // 2 for y in range(overlay.height())
        if picture.pixelColor(overlay.width() // 2, y).getRgb() == PLATE.getRgb()
    ]  # fmt: skip
    assert help_rows
    assert all(place is below for place in help_rows)


def test_a_click_without_a_drag_picks_nothing(qtbot: QtBot, overlay: RegionOverlay) -> None:
    with qtbot.assertNotEmitted(overlay.picked):
        qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))


def test_a_region_is_chosen_by_keyboard(qtbot: QtBot, overlay: RegionOverlay) -> None:
    qtbot.keyClick(overlay, Qt.Key.Key_Right)
    start = QRect(overlay.area)
    qtbot.keyClick(overlay, Qt.Key.Key_Right)
    qtbot.keyClick(overlay, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert overlay.area.x() == start.x() + 20
    assert overlay.area.height() == start.height() + 20
    with qtbot.waitSignal(overlay.picked):
        qtbot.keyClick(overlay, Qt.Key.Key_Return)


def test_every_screen_is_covered_until_a_region_is_picked(qtbot: QtBot, qapp: QApplication) -> None:
    picker = RegionPicker()
    picker.pick()
    overlays = picker.overlays
    assert [overlay.geometry() for overlay in overlays] == [screen.geometry() for screen in qapp.screens()]
    with qtbot.waitSignal(picker.picked) as signal:
        overlays[0].picked.emit(QRect(10, 20, 300, 200))
    assert signal.args == ["screen:10,20,300,200"]
    assert not picker.overlays


def test_escape_picks_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    picker = RegionPicker()
    picker.pick()
    with qtbot.assertNotEmitted(picker.picked):
        qtbot.keyClick(picker.overlays[0], Qt.Key.Key_Escape)
    assert not picker.overlays


def test_the_windows_of_the_app_are_hidden_while_a_region_is_picked(qtbot: QtBot) -> None:
    """The faces to caption may be behind them."""
    window = QWidget()
    window.setGeometry(50, 60, 200, 100)
    qtbot.addWidget(window)
    window.show()
    picker = RegionPicker()
    picker.pick()
    assert picker.overlays
    assert not window.isVisible()
    qtbot.keyClick(picker.overlays[0], Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.geometry() == QRect(50, 60, 200, 100)
