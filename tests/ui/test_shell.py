"""The whole app in its real windows, over a fake pipeline."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from klipnet_live.capture import Device
from klipnet_live.settings import Settings
from klipnet_live.settings_file import load, save
from klipnet_live.types import UserError
from klipnet_live.ui.onboarding.pages import SourcePage
from klipnet_live.ui.sources.catalogue import Catalogue
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, caption, preview_of_two


def test_the_app_opens_with_a_choice_of_sources_and_starts_none(
    open_desktop: Open, factory: FakeFactory
) -> None:
    page = open_desktop().window.start_page
    for key in ("meeting", "camera", "video", "demo"):
        assert page.card(key).isVisible()
        assert page.card(key).accessibleName()
    assert page.focusWidget() is page.card("meeting")
    assert factory.made == []


def test_the_camera_card_starts_captions(open_desktop: Open, factory: FakeFactory) -> None:
    window = open_desktop().window
    window.start_page.card("camera").click()
    assert factory.made[0].source == "camera:0"
    assert window.session_bar.name.text() == "Front"
    assert window.captions.isVisible()


def test_a_requested_source_starts_at_once(open_desktop: Open, factory: FakeFactory) -> None:
    open_desktop("screen:10,20,300,200")
    assert [pipeline.source for pipeline in factory.made] == ["screen:10,20,300,200"]


def test_the_last_source_is_offered_by_name(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, settings_path: Path
) -> None:
    save(Settings(guide_done=True, interface_language="en", source="camera:1"), settings_path)
    page = open_desktop().window.start_page
    assert page.again_button.text() == "Continue with Side"
    assert page.focusWidget() is page.again_button
    qtbot.mouseClick(page.again_button, Qt.MouseButton.LeftButton)
    assert factory.made[0].source == "camera:1"


def test_a_last_source_that_is_missing_is_not_offered(open_desktop: Open, settings_path: Path) -> None:
    save(Settings(guide_done=True, interface_language="en", source="camera:7"), settings_path)
    assert not open_desktop().window.start_page.again_button.isVisible()


def test_without_a_camera_the_demo_is_offered(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    window = open_desktop(catalogue=Catalogue()).window
    window.start_page.card("camera").click()
    assert "demo" in window.message_bar.text.text()
    assert not factory.made
    qtbot.mouseClick(window.message_bar.offer_button, Qt.MouseButton.LeftButton)
    assert factory.made[0].source.endswith(".mp4")


def test_a_meeting_is_chosen_from_the_open_windows(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop(catalogue=Catalogue(windows=(Device("window:Zoom", "Zoom Meeting"),)))
    desktop.window.start_page.card("meeting").click()
    meeting = desktop.meeting
    qtbot.waitUntil(lambda: meeting.list.currentItem().text() == "Zoom Meeting")
    qtbot.mouseClick(meeting.start_button, Qt.MouseButton.LeftButton)
    assert factory.made[0].source == "window:Zoom"
    assert not meeting.isVisible()


def test_after_stopping_the_start_page_can_be_opened_again(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("talk.mp4").window
    assert not window.session_bar.home_button.isVisible()
    qtbot.mouseClick(window.controls.start_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.session_bar.home_button, Qt.MouseButton.LeftButton)
    assert window.start_page.isVisible()
    assert not window.captions.isVisible()


def test_a_dropped_video_opens_the_caption_file_dialog(open_desktop: Open, tmp_path: Path) -> None:
    desktop = open_desktop()
    video, notes = tmp_path / "talk.MP4", tmp_path / "notes.txt"
    video.touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (notes, video)])
    place, copy = QPointF(10, 10), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), copy, data, buttons, keys)
    QApplication.sendEvent(desktop.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(desktop.window, QDropEvent(place, copy, data, buttons, keys))
    assert desktop.caption_file.isVisible()
    assert desktop.caption_file.video.text() == str(video)


def test_captions_preview_and_status_are_shown(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop("talk.mp4")
    pipeline = factory.made[0]
    pipeline.say(caption("completed", committed="bin blue"))
    pipeline.preview.put(preview_of_two())
    window = desktop.window
    qtbot.waitUntil(lambda: window.captions.model.rowCount() == 1)
    state = window.session_bar.state
    qtbot.waitUntil(lambda: state.text == "Reading 2 faces")
    assert QAccessible.queryAccessibleInterface(state.label).text(QAccessible.Text.Name) == "Reading 2 faces"
    for figure in (": 25", "120 ms", "CPU"):
        assert figure in state.toolTip()
        assert figure not in state.text
    qtbot.mouseClick(window.session_bar.thumbnail, Qt.MouseButton.LeftButton)
    middle = window.preview.grab().toImage().pixelColor(window.preview.rect().center())
    assert middle.blue() > 150
    assert middle.red() < 50


def test_the_empty_window_explains_what_it_waits_for(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("talk.mp4").window
    assert window.session_bar.state.text == "Starting…"
    assert "as soon as someone" in window.captions.hint.text()
    qtbot.mouseClick(window.controls.start_button, Qt.MouseButton.LeftButton)
    assert window.session_bar.state.text == "Stopped"
    assert "press Start" in window.captions.hint.text()


def test_the_button_stops_and_starts_captions(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    window = open_desktop("talk.mp4").window
    button = window.controls.start_button
    assert button.text() == "Stop"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert factory.made[0].stopped
    assert button.text() == "Start"
    factory.made[0].end()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(factory.made) == 2)


def test_a_failed_start_can_be_tried_again(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    factory.error = UserError("The camera {name} is busy: close other programs.", name="Front")
    bar = open_desktop("camera:0").window.message_bar
    assert bar.text.text() == "The camera Front is busy: close other programs."
    factory.error = None
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert len(factory.made) == 1


def test_another_caption_language_restarts_the_pipeline(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop("talk.mp4")
    languages = desktop.window.controls.languages
    languages.setCurrentIndex(languages.findData("ko"))
    languages.activated.emit(languages.currentIndex())
    factory.made[0].end()
    qtbot.waitUntil(lambda: len(factory.made) == 2)
    assert factory.made[1].language == "ko"
    assert desktop.settings_store.settings.language == "ko"


def test_the_interface_language_changes_at_once(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.settings_store.change(interface_language="ko")
    QApplication.processEvents()
    window = desktop.window
    assert window.controls.start_button.text() == "중지"
    assert window.actions_.open_video.text() == "동영상 열기(&O)…"
    assert desktop.speakers.name("1") == "화자 1"
    desktop.settings_store.change(interface_language="en")
    QApplication.processEvents()
    assert window.controls.start_button.text() == "Stop"


def test_text_size_and_colours_change_at_once(qapp: QApplication, open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    before = desktop.window.session_bar.name.font().pointSizeF()
    desktop.settings_store.change(text_scale=2.0, theme="dark")
    assert desktop.window.session_bar.name.font().pointSizeF() == pytest.approx(2 * before)
    assert qapp.palette().window().color().lightness() < 60


def test_settings_are_stored_for_the_next_start(
    qtbot: QtBot, open_desktop: Open, settings_path: Path
) -> None:
    desktop = open_desktop("talk.mp4")
    qtbot.keyClick(desktop.window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    desktop.window.close()
    stored = load(settings_path).settings
    assert stored.text_scale == pytest.approx(1.1)
    assert stored.source == "talk.mp4"
    assert stored.window_geometry is not None


def test_a_broken_settings_file_is_set_aside_with_a_message(open_desktop: Open, settings_path: Path) -> None:
    settings_path.write_text("{", encoding="utf-8")
    desktop = open_desktop("talk.mp4")
    assert settings_path.with_suffix(".json.broken").exists()
    assert "settings.json.broken" in desktop.window.message_bar.text.text()


def test_captions_only_hides_the_rest_and_requests_no_previews(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.window.actions_.captions_only.trigger()
    assert not desktop.window.preview.isVisible()
    assert desktop.window.captions.isVisible()
    assert not desktop.controller.preview_needed


def test_no_preview_is_shown_while_the_screen_is_captured(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("screen").window
    window.session_bar.setup_button.click()
    factory.made[0].preview.put(preview_of_two())
    qtbot.wait(150)
    assert not shows_blue(window.preview)
    assert not shows_blue(window.session_bar.thumbnail)


def test_the_commands_of_hotkeys_control_the_app(open_desktop: Open, factory: FakeFactory) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.commands["overlay"]()
    assert desktop.overlay.window.isVisible()
    assert desktop.settings_store.settings.overlay.visible
    desktop.commands["click-through"]()
    assert desktop.settings_store.settings.overlay.click_through
    desktop.commands["captions"]()
    assert factory.made[0].stopped


def test_an_overlay_that_covers_the_captured_screen_is_reported(qtbot: QtBot, open_desktop: Open) -> None:
    desktop = open_desktop("screen")
    desktop.commands["overlay"]()
    assert "overlay covers" in desktop.window.message_bar.text.text()


def test_the_end_of_a_video_is_no_warning_and_keeps_the_last_picture(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("talk.mp4").window
    factory.made[0].preview.put(preview_of_two())
    factory.made[0].end(by_itself=True)
    qtbot.waitUntil(window.message_bar.isVisible)
    assert window.message_bar.text.text() == "The source has ended."
    assert window.message_bar.property("role") == "calm"
    assert window.preview.grab().toImage().pixelColor(window.preview.rect().center()).blue() > 150
    qtbot.mouseClick(window.message_bar.offer_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(factory.made) == 2)


def test_the_preview_is_cleared_when_a_camera_is_stopped(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("camera:0").window
    window.session_bar.setup_button.click()
    factory.made[0].preview.put(preview_of_two())
    pictures = window.preview, window.session_bar.thumbnail
    qtbot.waitUntil(lambda: all(map(shows_blue, pictures)))
    qtbot.mouseClick(window.controls.start_button, Qt.MouseButton.LeftButton)
    assert not any(map(shows_blue, pictures))


def shows_blue(picture: QWidget) -> bool:
    """Whether the upper middle shows the blue of `preview_of_two`."""
    point = picture.rect().center() - QPoint(0, picture.height() // 4)
    colour = picture.grab().toImage().pixelColor(point)
    return colour.blue() > 150 and colour.red() < 50


def test_falling_behind_is_explained_in_the_status(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("talk.mp4").window
    reason = "silent faces are followed less often"
    factory.made[0].state = dataclasses.replace(factory.made[0].state, overload=reason)
    qtbot.waitUntil(lambda: window.session_bar.state.text == f"Reading 2 faces · Falling behind: {reason}")


def test_preview_and_source_are_shown_and_hidden_by_actions(qtbot: QtBot, open_desktop: Open) -> None:
    window = open_desktop("talk.mp4").window
    assert not window.preview.isVisible()
    window.actions_.picture.trigger()
    assert window.preview.isVisible()
    assert window.session_bar.setup_button.isChecked()
    window.actions_.captions_only.trigger()
    assert not window.preview.isVisible()
    window.actions_.captions_only.trigger()
    assert window.preview.isVisible()


def test_the_window_docks_as_a_strip_and_returns_to_its_place(open_desktop: Open) -> None:
    window = open_desktop("talk.mp4").window
    before, screen = window.geometry(), window.screen().geometry()
    window.actions_.dock_below.trigger()
    assert (window.width(), window.geometry().bottom()) == (screen.width(), screen.bottom())
    assert window.height() < screen.height() / 2
    assert window.captions.isVisible()
    window.actions_.dock_above.trigger()
    assert (window.width(), window.geometry().top()) == (screen.width(), screen.top())
    assert not window.actions_.dock_below.isChecked()
    window.session_bar.undock_button.click()
    assert window.geometry() == before
    assert window.isVisible()


def test_the_guide_reports_a_failed_source_and_shows_the_first_caption(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop()
    guide = desktop.show_guide()
    for _ in range(2):
        guide.next_button.click()
    (page,) = guide.findChildren(SourcePage)
    assert "51 words" in page.body()
    factory.error = UserError("The camera {name} is busy: close other programs.", name="Front")
    page.sources.source_chosen.emit("camera:0")
    assert page.message_bar.text.text() == "The camera Front is busy: close other programs."
    factory.error = None
    page.message_bar.offer_button.click()
    factory.made[-1].say(caption("changed", committed="bin blue"))
    qtbot.waitUntil(lambda: page.caption.text() == "“bin blue”")
    assert not page.message_bar.isVisible()
    guide.close()


def test_a_problem_after_the_guide_was_closed_is_shown_in_the_window(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop()
    guide = desktop.show_guide()
    with qtbot.waitSignal(guide.destroyed):
        guide.close()
    factory.error = UserError("The camera {name} is busy: close other programs.", name="Front")
    desktop.window.start_source("camera:0")
    assert desktop.window.message_bar.text.text() == "The camera Front is busy: close other programs."
