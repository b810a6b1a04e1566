"""The whole app through its real windows, with a pipeline that plays what it is given."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from klipnet_live.capture import Device
from klipnet_live.settings import Settings, load, save
from klipnet_live.types import UserError
from klipnet_live.ui.onboarding.pages import SourcePage
from klipnet_live.ui.sources.catalogue import Catalogue
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, caption, preview_of_two


def test_the_window_begins_with_large_choices_and_reads_nothing(
    open_desktop: Open, factory: FakeFactory
) -> None:
    page = open_desktop().window.start_page
    for key in ("meeting", "camera", "video", "demo"):
        assert page.card(key).isVisible()
        assert page.card(key).accessibleName()
    assert page.focusWidget() is page.card("meeting")
    assert factory.made == []


def test_the_camera_is_one_click_away(open_desktop: Open, factory: FakeFactory) -> None:
    window = open_desktop().window
    window.start_page.card("camera").click()
    assert factory.made[0].source == "camera:0"
    assert window.session_bar.name.text() == "Front"
    assert window.captions.isVisible()


def test_a_given_source_is_read_at_once(open_desktop: Open, factory: FakeFactory) -> None:
    open_desktop("screen:10,20,300,200")
    assert [made.source for made in factory.made] == ["screen:10,20,300,200"]


def test_what_was_captioned_the_last_time_is_offered_by_its_name(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, settings_path: Path
) -> None:
    save(Settings(guide_done=True, interface_language="en", source="camera:1"), settings_path)
    page = open_desktop().window.start_page
    assert page.again_button.text() == "Continue with Side"
    assert page.focusWidget() is page.again_button
    qtbot.mouseClick(page.again_button, Qt.MouseButton.LeftButton)
    assert factory.made[0].source == "camera:1"


def test_a_camera_that_is_gone_is_not_offered_again(open_desktop: Open, settings_path: Path) -> None:
    save(Settings(guide_done=True, interface_language="en", source="camera:7"), settings_path)
    assert not open_desktop().window.start_page.again_button.isVisible()


def test_without_a_camera_the_demo_is_offered(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    window = open_desktop(catalogue=Catalogue()).window
    window.start_page.card("camera").click()
    assert "demo" in window.message_bar.text.text()
    assert not factory.made
    qtbot.mouseClick(window.message_bar.offer_button, Qt.MouseButton.LeftButton)
    assert factory.made[0].source.endswith(".mp4")


def test_a_meeting_is_chosen_by_its_window(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    desktop = open_desktop(catalogue=Catalogue(windows=(Device("window:Zoom", "Zoom Meeting"),)))
    desktop.window.start_page.card("meeting").click()
    meeting = desktop.meeting
    qtbot.waitUntil(lambda: meeting.list.currentItem().text() == "Zoom Meeting")
    qtbot.mouseClick(meeting.start_button, Qt.MouseButton.LeftButton)
    assert factory.made[0].source == "window:Zoom"
    assert not meeting.isVisible()


def test_captions_that_are_stopped_lead_back_to_the_choices(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("talk.mp4").window
    assert not window.session_bar.home_button.isVisible()
    qtbot.mouseClick(window.controls.start_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.session_bar.home_button, Qt.MouseButton.LeftButton)
    assert window.start_page.isVisible()
    assert not window.captions.isVisible()


def test_a_video_that_is_dropped_is_ready_to_be_captioned(open_desktop: Open, tmp_path: Path) -> None:
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


def test_captions_faces_and_state_reach_the_window(
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


def test_the_empty_window_says_what_it_waits_for(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("talk.mp4").window
    assert window.session_bar.state.text == "Starting…"
    assert "as soon as someone" in window.captions.hint.text()
    qtbot.mouseClick(window.controls.start_button, Qt.MouseButton.LeftButton)
    assert window.session_bar.state.text == "Stopped"
    assert "press Start" in window.captions.hint.text()


def test_stop_and_start_by_the_button(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    window = open_desktop("talk.mp4").window
    button = window.controls.start_button
    assert button.text() == "Stop"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert factory.made[0].stopped
    assert button.text() == "Start"
    factory.made[0].state = dataclasses.replace(factory.made[0].state, running=False)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(factory.made) == 2)


def test_trying_again_after_an_error(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    factory.error = UserError("The camera {name} is busy: close other programs.", name="Front")
    bar = open_desktop("camera:0").window.message_bar
    assert bar.text.text() == "The camera Front is busy: close other programs."
    factory.error = None
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert len(factory.made) == 1


def test_another_language_read_starts_again(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    desktop = open_desktop("talk.mp4")
    languages = desktop.window.controls.languages
    languages.setCurrentIndex(languages.findData("ko"))
    languages.activated.emit(languages.currentIndex())
    factory.made[0].state = dataclasses.replace(factory.made[0].state, running=False)
    qtbot.waitUntil(lambda: len(factory.made) == 2)
    assert factory.made[1].language == "ko"
    assert desktop.keeper.settings.language == "ko"


def test_the_interface_language_changes_at_once(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.keeper.change(interface_language="ko")
    QApplication.processEvents()
    window = desktop.window
    assert window.controls.start_button.text() == "중지"
    assert window.actions_.open_video.text() == "동영상 열기(&O)…"
    assert desktop.speakers.name("1") == "화자 1"
    desktop.keeper.change(interface_language="en")
    QApplication.processEvents()
    assert window.controls.start_button.text() == "Stop"


def test_text_size_and_colours_change_at_once(qapp: QApplication, open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    before = desktop.window.session_bar.name.font().pointSizeF()
    desktop.keeper.change(text_scale=2.0, theme="dark")
    assert desktop.window.session_bar.name.font().pointSizeF() == pytest.approx(2 * before)
    assert qapp.palette().window().color().lightness() < 60


def test_settings_are_kept_for_the_next_start(qtbot: QtBot, open_desktop: Open, settings_path: Path) -> None:
    desktop = open_desktop("talk.mp4")
    qtbot.keyClick(desktop.window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    desktop.window.close()
    kept = load(settings_path).settings
    assert kept.text_scale == pytest.approx(1.1)
    assert kept.source == "talk.mp4"
    assert kept.window_geometry is not None


def test_a_broken_settings_file_is_told(open_desktop: Open, settings_path: Path) -> None:
    settings_path.write_text("{", encoding="utf-8")
    desktop = open_desktop("talk.mp4")
    assert settings_path.with_suffix(".json.broken").exists()
    assert "settings.json.broken" in desktop.window.message_bar.text.text()


def test_captions_only_hides_the_rest_and_asks_for_no_pictures(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.window.actions_.captions_only.trigger()
    assert not desktop.window.preview.isVisible()
    assert desktop.window.captions.isVisible()
    assert not desktop.controller.preview_wanted


def test_the_preview_shows_no_face_where_it_would_be_read_itself(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("screen").window
    window.session_bar.setup_button.click()
    factory.made[0].preview.put(preview_of_two())
    qtbot.wait(150)
    assert not shows_blue(window.preview)
    assert not shows_blue(window.session_bar.thumbnail)


def test_the_commands_of_hotkeys_are_those_of_the_menu(open_desktop: Open, factory: FakeFactory) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.commands["overlay"]()
    assert desktop.overlay.window.isVisible()
    assert desktop.keeper.settings.overlay.visible
    desktop.commands["click-through"]()
    assert desktop.keeper.settings.overlay.click_through
    desktop.commands["captions"]()
    assert factory.made[0].stopped


def test_an_overlay_over_what_is_read_is_told(qtbot: QtBot, open_desktop: Open) -> None:
    desktop = open_desktop("screen")
    desktop.commands["overlay"]()
    assert "overlay covers" in desktop.window.message_bar.text.text()


def test_a_video_that_ends_is_told_calmly_and_keeps_its_last_picture(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("talk.mp4").window
    factory.made[0].preview.put(preview_of_two())
    factory.made[0].state = dataclasses.replace(factory.made[0].state, running=False, ended=True)
    qtbot.waitUntil(window.message_bar.isVisible)
    assert window.message_bar.text.text() == "The source has ended."
    assert window.message_bar.property("role") == "calm"
    assert window.preview.grab().toImage().pixelColor(window.preview.rect().center()).blue() > 150
    qtbot.mouseClick(window.message_bar.offer_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(factory.made) == 2)


def test_a_stopped_camera_leaves_no_picture(qtbot: QtBot, open_desktop: Open, factory: FakeFactory) -> None:
    window = open_desktop("camera:0").window
    window.session_bar.setup_button.click()
    factory.made[0].preview.put(preview_of_two())
    pictures = window.preview, window.session_bar.thumbnail
    qtbot.waitUntil(lambda: all(map(shows_blue, pictures)))
    qtbot.mouseClick(window.controls.start_button, Qt.MouseButton.LeftButton)
    assert not any(map(shows_blue, pictures))


def shows_blue(picture: QWidget) -> bool:
    """Whether the blue of `preview_of_two` is in its upper middle."""
    place = picture.rect().center() - QPoint(0, picture.height() // 4)
    colour = picture.grab().toImage().pixelColor(place)
    return colour.blue() > 150 and colour.red() < 50


def test_the_window_says_in_words_that_it_falls_behind(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    window = open_desktop("talk.mp4").window
    behind = "silent faces are followed less often"
    factory.made[0].state = dataclasses.replace(factory.made[0].state, overload=behind)
    qtbot.waitUntil(lambda: window.session_bar.state.text == f"Reading 2 faces · Falling behind: {behind}")


def test_picture_and_source_unfold_by_a_key(qtbot: QtBot, open_desktop: Open) -> None:
    window = open_desktop("talk.mp4").window
    assert not window.preview.isVisible()
    window.actions_.picture.trigger()
    assert window.preview.isVisible()
    assert window.session_bar.setup_button.isChecked()
    window.actions_.captions_only.trigger()
    assert not window.preview.isVisible()
    window.actions_.captions_only.trigger()
    assert window.preview.isVisible()


def test_the_window_becomes_a_strip_and_comes_back(open_desktop: Open) -> None:
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


def test_the_guide_ends_with_captions_and_meets_what_fails(
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
