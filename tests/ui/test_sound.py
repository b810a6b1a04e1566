"""Choosing a sound source, its display in the window, and the download of sound models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.sound.catalogue import MOONSHINE, SILERO, SoundModel
from klipnet_live.sound.fetch import DownloadCancelledError, OnProgress
from klipnet_live.sound.source import SoundDevice
from klipnet_live.sound.store import MissingModelsError, check_models
from klipnet_live.types import UserError
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.sound.get_dialog import GetModelsDialog
from klipnet_live.ui.sound.picker import SoundPicker
from tests.ui.choosing import choose_row
from tests.ui.fakes import FakeFactory

AUTO, OFF, MICROPHONE, SYSTEM = range(4)
Open = Callable[..., AppShell]


@pytest.fixture(autouse=True)
def no_sound_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_choosing_the_microphone_restarts_the_pipeline_with_it(
    open_desktop: Open, factory: FakeFactory, qtbot: QtBot
) -> None:
    desktop = open_desktop("camera:0")
    assert factory.made[-1].sound == "auto"
    choose_row(desktop.window.controls.sound.picker, MICROPHONE)
    factory.made[-1].end()
    qtbot.waitUntil(lambda: factory.made[-1].sound == "mic")
    assert desktop.settings_store.settings.sound == "mic"


def test_the_language_of_sound_is_independent_of_that_of_the_lips(
    open_desktop: Open, factory: FakeFactory, qtbot: QtBot
) -> None:
    desktop = open_desktop("camera:0")
    box = desktop.window.controls.sound.languages
    assert factory.made[-1].sound_language is None
    for language in ("ko", "auto"):
        row = box.findData(language)
        box.setCurrentIndex(row)
        box.activated.emit(row)
        factory.made[-1].end()
        qtbot.waitUntil(lambda wanted=language: factory.made[-1].sound_language == wanted)
        assert desktop.settings_store.settings.sound_language == language
    assert factory.made[-1].language == "en"


def test_models_are_offered_for_the_language_of_the_sound(open_desktop: Open, factory: FakeFactory) -> None:
    row = open_desktop("camera:0").window.controls.sound
    offered: list[str] = []
    row.download_requested.connect(offered.append)
    row.get_button.click()
    row.languages.choose("auto")
    row.get_button.click()
    assert offered == ["en", "auto"]


def test_without_sound_no_language_choice_is_shown(open_desktop: Open, factory: FakeFactory) -> None:
    row = open_desktop("camera:0").window.controls.sound
    choose_row(row.picker, OFF)
    assert row.languages.isHidden()
    choose_row(row.picker, SYSTEM)
    assert not row.languages.isHidden()


def test_the_window_shows_that_the_microphone_is_heard(
    open_desktop: Open, factory: FakeFactory, qtbot: QtBot
) -> None:
    desktop = open_desktop("camera:0")
    desktop.settings_store.change(sound="mic")
    pipeline, bar = factory.made[-1], desktop.window.session_bar
    pipeline.state = replace(pipeline.state, sound_level=0.5)
    qtbot.waitUntil(lambda: "Hearing the microphone" in bar.state.text)
    assert desktop.window.controls.sound.level.level == 0.5
    pipeline.state = replace(pipeline.state, sound_level=None)
    qtbot.waitUntil(lambda: "Hearing" not in bar.state.text)


def test_the_limits_of_lip_reading_are_not_shown_with_sound(
    open_desktop: Open, factory: FakeFactory, qtbot: QtBot
) -> None:
    limits = open_desktop("camera:0").window.expectations[1]
    assert limits.isVisible()
    pipeline = factory.made[-1]
    pipeline.state = replace(pipeline.state, sound_level=0.5)
    qtbot.waitUntil(lambda: not limits.isVisible())
    pipeline.state = replace(pipeline.state, sound_level=None)
    qtbot.waitUntil(limits.isVisible)


def test_failed_sound_is_reported_and_captions_go_on(
    open_desktop: Open, factory: FakeFactory, qtbot: QtBot
) -> None:
    desktop = open_desktop("camera:0")
    pipeline = factory.made[-1]
    problem = UserError("{name} no longer sends sound. Reconnect it, or choose another one.", name="USB")
    pipeline.state = replace(pipeline.state, sound_problem=problem)
    qtbot.waitUntil(lambda: "USB" in desktop.window.message_bar.text.text())
    assert desktop.controller.running
    assert not pipeline.stopped


def test_missing_models_are_offered_while_lips_are_read(
    open_desktop: Open, factory: FakeFactory, qtbot: QtBot
) -> None:
    desktop = open_desktop("camera:0")
    with pytest.raises(MissingModelsError) as missing:
        check_models("en")
    pipeline = factory.made[-1]
    pipeline.state = replace(pipeline.state, sound_problem=missing.value)
    bar = desktop.window.message_bar
    qtbot.waitUntil(lambda: "Moonshine" in bar.text.text())
    assert desktop.controller.running
    bar.offer_button.click()
    assert "68 MB" in desktop.sound.models.text.text()


def test_sound_devices_are_listed_when_the_box_is_opened(qtbot: QtBot, qapp: QApplication) -> None:
    picker = SoundPicker(lambda: [SoundDevice("mic:Headset", "Headset"), SoundDevice("system:TV", "TV")])
    qtbot.addWidget(picker)
    picker.set_spec("system:gone")
    with qtbot.waitSignal(picker.listed):
        picker.showPopup()
    texts = [picker.itemText(row) for row in range(picker.count())]
    assert "Microphone: Headset" in texts
    assert "Output: TV" in texts
    assert picker.spec == "system:gone"
    assert picker.currentText() == "Output: gone"


def test_hearing_the_call_is_switched_in_the_meeting_dialog(open_desktop: Open) -> None:
    desktop = open_desktop()
    desktop.sound.hear_call.click()
    assert desktop.settings_store.settings.sound == "system"
    assert desktop.window.controls.sound.picker.spec == "system"
    # The models are missing: they are offered, and nothing is downloaded yet.
    assert desktop.sound.models.isVisible()
    desktop.sound.models.reject()
    desktop.sound.hear_call.click()
    assert desktop.settings_store.settings.sound == "auto"


class FakeDownload:
    """Replaces the download; fails with `problem` if it is set."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.wanted: list[SoundModel] = []

    def __call__(self, models: Sequence[SoundModel], progress: OnProgress) -> None:
        self.wanted += models
        if self.problem is not None:
            raise self.problem
        if not progress(1, 2):
            raise DownloadCancelledError
        progress(2, 2)


def open_dialog(download: FakeDownload, qtbot: QtBot) -> GetModelsDialog:
    dialog = GetModelsDialog(download)
    qtbot.addWidget(dialog)
    dialog.offer("en")
    return dialog


def test_size_source_and_licence_are_shown_before_the_download(qtbot: QtBot, qapp: QApplication) -> None:
    download = FakeDownload()
    dialog = open_dialog(download, qtbot)
    assert download.wanted == []
    for text in ("68 MB", "moonshine-voice 0.0.73", "MIT", "Useful Sensors", "package index"):
        assert text in dialog.text.text()
    with qtbot.waitSignal(dialog.got):
        dialog.start_button.click()
    assert download.wanted == [SILERO, MOONSHINE]
    assert not dialog.isVisible()


def test_a_failed_download_can_be_repeated(qtbot: QtBot, qapp: QApplication) -> None:
    download = FakeDownload(
        UserError("{file} is damaged or differs from the published file. Get it again.", file="x")
    )
    dialog = open_dialog(download, qtbot)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "damaged" in dialog.message_bar.text.text())
    assert dialog.start_button.isEnabled()
    download.problem = None
    with qtbot.waitSignal(dialog.got):
        dialog.start_button.click()
