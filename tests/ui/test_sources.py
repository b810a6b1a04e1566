"""Choosing a source: devices, windows, videos and demos."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from klipnet_live.capture import Device
from klipnet_live.settings import Settings
from klipnet_live.ui.look.appearance import appearance_of, apply_appearance
from klipnet_live.ui.look.fonts import load_fonts
from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader, demo_in
from klipnet_live.ui.sources.meeting_dialog import MeetingDialog
from klipnet_live.ui.sources.picker import SourcePicker
from klipnet_live.ui.text.language import InterfaceTranslator
from tests.ui.choosing import choose_data
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory


def entries(box: QComboBox) -> list[str]:
    return [box.itemText(row) for row in range(box.count()) if box.itemText(row)]


def shows_last_entry(box: QComboBox) -> bool:
    view = box.view()
    return view.visualRect(box.model().index(box.count() - 1, 0)).bottom() <= view.viewport().height()


def test_windows_of_the_app_are_not_offered(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "applicationDisplayName", lambda: "KLipNet Live")
    guide = QWidget()
    guide.setWindowTitle("First steps")
    qtbot.addWidget(guide)
    guide.show()
    titles = ("First steps", "First steps — KLipNet Live", "First stepsX", "Zoom Meeting")
    catalogue = Catalogue(windows=tuple(Device(f"window:{title}", title) for title in titles))
    reader = CatalogueReader(lambda: catalogue)
    picker = SourcePicker(reader)
    qtbot.addWidget(picker)
    with qtbot.waitSignal(reader.read):
        reader.refresh()
    assert {"First stepsX", "Zoom Meeting"} <= set(entries(picker))
    assert {"First steps", "First steps — KLipNet Live"} & set(entries(picker)) == set()


def test_a_failed_listing_gives_an_empty_catalogue(qtbot: QtBot, qapp: QApplication) -> None:
    def fail() -> Catalogue:
        raise RuntimeError("the desktop is gone")

    reader = CatalogueReader(fail)
    with qtbot.waitSignal(reader.read) as signal:
        reader.refresh()
    assert signal.args == [Catalogue()]


@pytest.mark.usefixtures("appearance")
def test_all_entries_are_visible_without_scrolling(qtbot: QtBot) -> None:
    catalogue = Catalogue(windows=tuple(Device(f"window:{n}", f"Window {n}") for n in range(5)))
    reader = CatalogueReader(lambda: catalogue)
    picker = SourcePicker(reader)
    qtbot.addWidget(picker)
    picker.show()
    with qtbot.waitSignal(reader.read):
        picker.showPopup()
        assert shows_last_entry(picker)
    assert "Window 4" in entries(picker)
    assert picker.view().isVisible()
    assert shows_last_entry(picker)
    picker.hidePopup()


@pytest.mark.usefixtures("appearance")
def test_windows_get_thumbnails_while_the_list_is_open(qtbot: QtBot) -> None:
    red = np.full((60, 96, 3), (255, 0, 0), dtype=np.uint8)
    catalogue = Catalogue(windows=(Device("window:Call", "Call"), Device("window:Hidden", "Hidden")))
    reader = CatalogueReader(lambda: catalogue, lambda screens, windows: iter([(windows[0].spec, red)]))
    picker, dialog = SourcePicker(reader), MeetingDialog(reader)
    for widget in (picker, dialog):
        qtbot.addWidget(widget)
        widget.show()
    with qtbot.waitSignal(reader.thumbnails.arrived):
        picker.showPopup()
    for view in (picker.view(), dialog.list):
        shown = view.viewport().grab().toImage()
        red_rows = [
            y
            for y in range(shown.height())
            if any(shown.pixelColor(x, y) == QColor(255, 0, 0) for x in range(0, shown.width(), 4))
        ]
        row_of_call = view.visualRect(view.model().index(1, 0))
        assert red_rows
        assert row_of_call.top() <= red_rows[0] <= red_rows[-1] <= row_of_call.bottom()
    picker.hidePopup()


def test_headings_are_white_in_high_contrast(qtbot: QtBot, qapp: QApplication) -> None:
    apply_appearance(qapp, appearance_of(Settings(theme="contrast"), load_fonts()))
    catalogue = Catalogue(windows=(Device("window:Call", "Call"),))
    reader = CatalogueReader(lambda: catalogue)
    dialog = MeetingDialog(reader)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(reader.read):
        dialog.show()
    heading = dialog.list.visualRect(dialog.list.model().index(0, 0))
    shown = dialog.list.viewport().grab(heading).toImage()
    colours = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())}
    assert {"#ffffff", "#000000"} <= colours


def test_a_demo_starts_in_its_language(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    desktop = open_desktop(catalogue=Catalogue())
    controls = desktop.window.controls
    choose_data(controls.sources, demo_in("ko"))
    assert controls.languages.currentData() == "ko"
    assert desktop.settings_store.settings.language == "en", "the language of the next meeting must stay"
    qtbot.mouseClick(controls.start_button, Qt.MouseButton.LeftButton)
    assert (factory.made[0].source, factory.made[0].language) == (demo_in("ko"), "ko")


def test_another_language_selects_its_demo_instead(open_desktop: Open) -> None:
    desktop = open_desktop(catalogue=Catalogue())
    controls = desktop.window.controls
    controls.choose_source(demo_in("en") or "")
    choose_data(controls.languages, "ko")
    assert controls.sources.source == demo_in("ko")
    controls.choose_source("talk.mp4")
    choose_data(controls.languages, "en")
    assert controls.sources.source == "talk.mp4"


def test_an_opened_video_starts_at_once(
    open_desktop: Open, factory: FakeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = open_desktop(catalogue=Catalogue())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("talks/one.mp4", ""))
    desktop.window.actions_.open_video.trigger()
    assert [pipeline.source for pipeline in factory.made] == ["talks/one.mp4"]
    assert desktop.settings_store.settings.source == "talks/one.mp4"


def test_a_picked_region_starts_at_once(open_desktop: Open, factory: FakeFactory) -> None:
    desktop = open_desktop(catalogue=Catalogue())
    desktop.window.actions_.pick_region.trigger()
    desktop.window.controls.sources.regions.overlays[0].picked.emit(QRect(10, 20, 300, 200))
    assert [pipeline.source for pipeline in factory.made] == ["screen:10,20,300,200"]


def test_a_source_chosen_in_the_guide_starts_and_stays_when_the_language_changes(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop("camera:0", catalogue=Catalogue(cameras=(Device("camera:0", "Front"),)))
    guide = desktop.show_guide()
    (sources,) = guide.findChildren(SourcePicker)
    choose_data(sources, "screen")
    factory.made[0].end()
    qtbot.waitUntil(lambda: factory.made[-1].source == "screen")
    desktop.settings_store.change(language="ko", model=None, grammar=None)
    assert desktop.window.controls.sources.source == "screen"
    assert desktop.window.controls.languages.currentData() == "ko"
    guide.close()


def test_monitors_without_a_name_are_numbered_in_the_language_of_the_window(
    qtbot: QtBot, qapp: QApplication
) -> None:
    names = ("Monitor 2, 1920x1080", "DELL Monitor 2, 1920x1080")
    catalogue = Catalogue(screens=tuple(Device(f"screen:{name}", name) for name in names))
    reader = CatalogueReader(lambda: catalogue)
    picker = SourcePicker(reader)
    qtbot.addWidget(picker)
    translator = InterfaceTranslator()
    translator.set_language("ko")
    try:
        with qtbot.waitSignal(reader.read):
            reader.refresh()
        assert {"화면 2 (1920 × 1080)", names[1]} <= set(entries(picker))
    finally:
        translator.set_language("en")
