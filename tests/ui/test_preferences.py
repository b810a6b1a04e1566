"""Changes in the settings dialog and the guide take effect at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSpinBox
from pytestqt.qtbot import QtBot

from klipnet_live.pipeline.preview import Preview
from klipnet_live.settings import Settings
from klipnet_live.settings_file import load
from klipnet_live.types import Box, Face, Frame, TrackedFace
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.onboarding.dialog import GuideDialog
from klipnet_live.ui.onboarding.mouth_view import MouthView
from klipnet_live.ui.onboarding.pages import LanguagePage, PrivacyPage
from klipnet_live.ui.preferences.captions_page import CaptionsPage
from klipnet_live.ui.preferences.dialog import SettingsDialog
from klipnet_live.ui.preferences.overlay_page import OverlayPage
from klipnet_live.ui.preferences.window_page import WindowPage
from tests.ui.choosing import choose_data, find_named


@pytest.fixture
def settings_store(qtbot: QtBot, tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.json")


def test_a_percentage_is_stored_as_a_fraction(qtbot: QtBot, settings_store: SettingsStore) -> None:
    page = CaptionsPage(settings_store)
    qtbot.addWidget(page)
    field = page.findChild(QSpinBox, "confidence_threshold")
    field.setValue(70)
    assert settings_store.settings.confidence_threshold == pytest.approx(0.7)


def test_a_choice_is_stored(qtbot: QtBot, settings_store: SettingsStore) -> None:
    page = WindowPage(settings_store)
    qtbot.addWidget(page)
    choose_data(find_named(page, "Theme"), "contrast")
    assert settings_store.settings.theme == "contrast"


def test_the_overlay_page_changes_only_the_overlay(qtbot: QtBot, settings_store: SettingsStore) -> None:
    page = OverlayPage(settings_store)
    qtbot.addWidget(page)
    page.findChildren(QCheckBox)[1].click()
    choose_data(find_named(page, "Words"), "reading")
    assert settings_store.settings.overlay.click_through
    assert settings_store.settings.overlay.mode == "reading"
    assert settings_store.settings.model_copy(update={"overlay": Settings().overlay}) == Settings()


def test_enter_in_a_field_leaves_the_dialog_open(qtbot: QtBot, settings_store: SettingsStore) -> None:
    dialog = SettingsDialog(settings_store)
    qtbot.addWidget(dialog)
    dialog.show_page(WindowPage)
    (size,) = dialog.tabs.currentWidget().findChildren(QSpinBox)
    size.setFocus()
    size.selectAll()
    qtbot.keyClicks(size, "150")
    qtbot.keyClick(size, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert settings_store.settings.text_scale == 1.5


def test_the_dialog_shows_changes_made_elsewhere(qtbot: QtBot, settings_store: SettingsStore) -> None:
    dialog = SettingsDialog(settings_store)
    qtbot.addWidget(dialog)
    settings_store.change(text_scale=1.5)
    field = dialog.findChild(QSpinBox, "text_scale")
    assert field.value() == 150


def test_changes_are_written_to_the_settings_file(
    qtbot: QtBot, settings_store: SettingsStore, tmp_path: Path
) -> None:
    settings_store.change(caption_points=30)
    qtbot.waitUntil(lambda: load(tmp_path / "settings.json").settings.caption_points == 30)


def test_a_failed_write_is_reported(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    settings_store = SettingsStore(tmp_path / "file" / "settings.json")
    with qtbot.waitSignal(settings_store.problem):
        settings_store.change(caption_points=30)


def test_finishing_the_guide_stores_the_choices(qtbot: QtBot, settings_store: SettingsStore) -> None:
    languages = LanguagePage(settings_store, ())
    guide = GuideDialog((languages, PrivacyPage()), settings_store)
    qtbot.addWidget(guide)
    assert not guide.back_button.isEnabled()
    choose_data(languages.read_language, "ko")
    qtbot.mouseClick(guide.next_button, Qt.MouseButton.LeftButton)
    assert guide.back_button.isEnabled()
    assert guide.next_button.text() == "&Done"
    qtbot.mouseClick(guide.next_button, Qt.MouseButton.LeftButton)
    assert settings_store.settings.guide_done
    assert settings_store.settings.language == "ko"


def test_a_guide_that_is_closed_does_not_open_again(qtbot: QtBot, settings_store: SettingsStore) -> None:
    guide = GuideDialog((PrivacyPage(),), settings_store)
    qtbot.addWidget(guide)
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert settings_store.settings.guide_done


def test_the_mouth_view_shows_the_crop_of_the_model(qtbot: QtBot, appearance: Appearance) -> None:
    view = MouthView()
    qtbot.addWidget(view)
    image = np.full((200, 200, 3), 80, np.uint8)
    landmarks = np.full((478, 2), 100, np.float32)
    landmarks[:, 0] += np.linspace(-40, 40, 478)
    face = TrackedFace("1", Face(landmarks, Box(60, 60, 140, 140)))
    view.show_preview(Preview(Frame(0, 0.0, image), (face,)))
    assert view.crop is not None
    assert view.crop.shape == (50, 100)
    view.show_preview(Preview(Frame(1, 0.0, image), ()))
    assert view.crop is None


def test_a_change_made_by_a_change_handler_reaches_all_handlers(settings_store: SettingsStore) -> None:
    received: list[tuple[int, float]] = []
    settings_store.changed.connect(lambda _: settings_store.change(text_scale=2.0))
    settings_store.changed.connect(
        lambda settings: received.append((settings.caption_points, settings.text_scale))
    )
    settings_store.change(caption_points=30)
    assert received == [(30, 1.0), (30, 2.0)]
