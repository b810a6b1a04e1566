"""My phrases in the real windows: adding, showing, reading, choosing, speaking, deleting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from klipnet_live.phrases import profile_storage as profiles
from klipnet_live.phrases.in_use import ProfilesInUse, ReadTake
from klipnet_live.phrases.profile_storage import load_profile
from klipnet_live.recording.states import PhraseTake
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import UserError
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.services import Services, StartChoice
from klipnet_live.ui.phrases import profile_commands
from klipnet_live.ui.phrases.voice import Voice
from klipnet_live.ui.sources.catalogue import CatalogueReader
from tests.phrases.takes import Person, crops
from tests.ui.conftest import CAMERAS
from tests.ui.fakes import (
    FakeDictation,
    FakeFactory,
    FakeJobs,
    FakePhraseStudio,
    FakeStudios,
    Networks,
    caption,
)


@dataclass
class OpenApp:
    desktop: AppShell
    factory: FakeFactory
    in_use: ProfilesInUse
    studios: list[FakePhraseStudio]
    dictations: list[FakeDictation]


@pytest.fixture
def profiles_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(profiles, "profiles_folder", lambda: tmp_path / "phrases")
    return tmp_path / "phrases"


@pytest.fixture
def app(
    qtbot: QtBot, qapp: QApplication, profiles_folder: Path, settings_path: Path, tmp_path: Path
) -> Iterator[OpenApp]:
    studios: list[FakePhraseStudio] = []
    dictations: list[FakeDictation] = []
    in_use, factory = ProfilesInUse(), FakeFactory()

    def open_studio(source: str) -> FakePhraseStudio:
        studios.append(FakePhraseStudio(source))
        return studios[-1]

    def open_dictation(language: str) -> FakeDictation:
        if not dictations:
            dictations.append(FakeDictation(language))
            raise UserError("Speech recognition needs {models}.", models="Moonshine")
        dictations.append(FakeDictation(language))
        return dictations[-1]

    services = Services(
        factory, FakeJobs(), FakeStudios(), lambda: [], SessionStore(tmp_path / "sessions"),
        PhraseServices(Networks(), open_studio, open_dictation, in_use),
    )  # fmt: skip
    reader = CatalogueReader(lambda: CAMERAS)
    desktop = AppShell(qapp, settings_path, services, reader)
    qtbot.addWidget(desktop.window)
    with qtbot.waitSignal(reader.read):
        desktop.open(StartChoice())
    yield OpenApp(desktop, factory, in_use, studios, dictations)
    assert desktop.phrases is not None
    desktop.phrases.dialog.close()
    desktop.phrases.large.close()
    desktop.overlay.window.close()
    desktop.window.close()
    desktop.finish()


def show_phrases(app: OpenApp, qtbot: QtBot, phrases: Sequence[str], source: str = "camera:0") -> Person:
    """Add the phrases and show each of them three times."""
    presenter = app.desktop.phrases
    assert presenter is not None
    app.desktop.window.start_page.card("phrases").click()
    dialog, person = presenter.dialog, Person()
    qtbot.waitUntil(lambda: dialog.open_profile.profile is not None)
    dialog.list.text.setText("; ".join(phrases))
    qtbot.keyClick(dialog.list.text, Qt.Key.Key_Return)
    dialog.sources.set_source(source)
    qtbot.mouseClick(dialog.record_button, Qt.MouseButton.LeftButton)
    for number in list(range(len(phrases))) * 3:
        assert dialog.take_recorder.phrase == phrases[number]
        with qtbot.waitSignal(dialog.take_recorder.take_kept):
            app.studios[-1].takes.append(PhraseTake(tuple(crops(20)), person.shows(number)))
    qtbot.waitUntil(lambda: not dialog.take_recorder.running)
    return person


PHRASES = ("물 주세요", "아파요", "thank you", "yes")


def test_phrases_and_their_takes_are_stored(app: OpenApp, qtbot: QtBot, profiles_folder: Path) -> None:
    show_phrases(app, qtbot, PHRASES)
    dialog = app.desktop.phrases.dialog
    qtbot.waitUntil(
        lambda: dialog.list.table.item(3, 2) is not None and dialog.list.table.item(3, 2).text() == "3 of 3"
    )
    assert [dialog.list.table.item(row, 0).text() for row in range(4)] == list(PHRASES)
    assert {dialog.list.table.item(row, 1).text() for row in range(4)} == {"3"}
    assert app.studios[-1].stopped
    profile = load_profile(profiles_folder / "My phrases", Networks.networks, Networks())
    assert len(profile.info.takes) == 12
    assert not dialog.record_button.isEnabled()


def test_a_profile_is_exported_deleted_and_imported(
    app: OpenApp, qtbot: QtBot, profiles_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_phrases(app, qtbot, PHRASES[:1])
    dialog, folder, file = app.desktop.phrases.dialog, profiles_folder / "My phrases", tmp_path / "mine.zip"
    qtbot.waitUntil(lambda: len(load_profile(folder, Networks.networks, Networks()).info.takes) == 3)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog.profiles.export_requested.emit()
    monkeypatch.setattr(profile_commands, "agrees", lambda *_: True)
    dialog.profiles.delete_requested.emit()
    assert not folder.exists()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    dialog.profiles.import_requested.emit()
    qtbot.waitUntil(
        lambda: dialog.open_profile.profile is not None and bool(dialog.open_profile.profile.phrases)
    )
    assert dialog.open_profile.profile.phrases == PHRASES[:1]
    assert len(dialog.open_profile.profile.info.takes) == 3


def test_a_take_unlike_the_others_is_refused_unless_the_user_keeps_it(app: OpenApp, qtbot: QtBot) -> None:
    person = show_phrases(app, qtbot, PHRASES)
    dialog = app.desktop.phrases.dialog
    dialog.list.text.setText("no")
    dialog.list.add_button.click()
    dialog.record_button.click()
    for number in (8, 30):
        app.studios[-1].takes.append(PhraseTake(tuple(crops(20)), person.shows(number)))
        qtbot.waitUntil(lambda: not app.studios[-1].takes)
    qtbot.waitUntil(lambda: dialog.message_bar.isVisible())
    assert "“no”" in dialog.message_bar.text.text()
    assert len(dialog.open_profile.profile.takes_of("no")) == 1
    qtbot.mouseClick(dialog.message_bar.offer_button, Qt.MouseButton.LeftButton)
    assert len(dialog.open_profile.profile.takes_of("no")) == 2
    problem = UserError("More than one face is in view. Only you may be in view while you record a phrase.")
    app.studios[-1].state = replace(app.studios[-1].state, problem=problem)
    qtbot.waitUntil(lambda: "one face" in dialog.message_bar.text.text())


def test_phrases_are_written_down_when_they_are_spoken(app: OpenApp, qtbot: QtBot) -> None:
    app.desktop.actions.my_phrases.trigger()
    dialog = app.desktop.phrases.dialog
    qtbot.waitUntil(lambda: dialog.open_profile.profile is not None)
    dialog.list.dictate_button.click()
    assert "Moonshine" in dialog.message_bar.text.text()
    dialog.list.dictate_button.click()
    assert not dialog.message_bar.isVisible()
    dictation = app.dictations[-1]
    assert dictation.language == app.desktop.settings_store.settings.language
    dictation.said += ["Water, please", "I am cold", "Water, please"]
    qtbot.waitUntil(lambda: not dictation.said)
    assert dialog.open_profile.profile.phrases == ("Water, please", "I am cold")
    dialog.sources.set_source("camera:0")
    dialog.record_button.click()
    assert not dictation.running
    assert dialog.take_recorder.running
    dialog.record_button.click()
    dialog.list.dictate_button.click()
    failed = app.dictations[-1]
    failed.problem, failed.running = UserError("The microphone no longer sends sound."), False
    qtbot.waitUntil(lambda: "microphone" in dialog.message_bar.text.text())
    assert not dialog.list.dictating.running


def test_ready_made_sets_can_be_added_and_phrases_removed(app: OpenApp, qtbot: QtBot) -> None:
    app.desktop.actions.my_phrases.trigger()
    dialog = app.desktop.phrases.dialog
    qtbot.waitUntil(lambda: dialog.open_profile.profile is not None)
    for action in dialog.list.sets_button.menu().actions():
        action.trigger()
    assert dialog.list.table.rowCount() == len(dialog.open_profile.profile.phrases) > 45
    dialog.list.table.selectRow(0)
    first = dialog.list.table.chosen
    dialog.list.remove_button.click()
    assert first[0] not in dialog.open_profile.profile.phrases


def test_switching_a_profile_on_restarts_the_pipeline_with_it(app: OpenApp, qtbot: QtBot) -> None:
    show_phrases(app, qtbot, PHRASES)
    app.desktop.window.start_source("camera:1")
    pipelines = len(app.factory.made)
    dialog = app.desktop.phrases.dialog
    dialog.profiles.read_box.click()
    assert app.in_use.profiles == ("My phrases",)
    app.factory.made[-1].end()
    qtbot.waitUntil(lambda: len(app.factory.made) == pipelines + 1)
    assert app.desktop.settings_store.settings.phrases.on == ("My phrases",)


def test_a_chosen_phrase_replaces_the_caption_and_becomes_a_take(app: OpenApp, qtbot: QtBot) -> None:
    person = show_phrases(app, qtbot, PHRASES)
    presenter, window = app.desktop.phrases, app.desktop.window
    presenter.dialog.profiles.read_box.click()
    presenter.dialog.close()
    window.start_source("camera:1")
    pipeline = app.factory.made[-1]
    app.in_use.memory.add(ReadTake("1", 1.0, tuple(crops(20)), person.shows(1)))
    unsure = replace(caption("completed", 7, committed=""), readable=False, choices=PHRASES[:3])
    pipeline.say(unsure)
    qtbot.waitUntil(presenter.bar.isVisible)
    rows = window.captions.model.rowCount()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.captions.model.event_at(rows - 1).text == "아파요")
    assert window.captions.model.rowCount() == rows
    assert not presenter.bar.isVisible()
    assert len(presenter.dialog.open_profile.profile.takes_of("아파요")) == 4


def test_a_recognised_phrase_is_shown_large_with_two_alternatives(app: OpenApp, qtbot: QtBot) -> None:
    show_phrases(app, qtbot, PHRASES)
    presenter = app.desktop.phrases
    presenter.dialog.profiles.read_box.click()
    presenter.dialog.profiles.large_box.click()
    app.desktop.window.start_source("camera:1")
    event = replace(caption("completed", 3, committed="물 주세요"), choices=PHRASES[:3])
    app.factory.made[-1].say(event)
    qtbot.waitUntil(presenter.large.isVisible)
    assert presenter.large.text == "물 주세요"
    alternatives = [button for button in presenter.bar.buttons if button.isVisible()]
    assert len(alternatives) == 2


def test_a_phrase_corrected_in_time_is_spoken_as_corrected(
    app: OpenApp, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_phrases(app, qtbot, PHRASES)
    presenter = app.desktop.phrases
    spoken: list[tuple[str, str, str]] = []
    monkeypatch.setattr(presenter.voice, "say", lambda *args: spoken.append(args) or True)
    presenter.dialog.profiles.read_box.click()
    app.desktop.settings_store.change_part("phrases", speaking="after a moment")
    app.desktop.window.start_source("camera:1")
    event = replace(caption("completed", 3, committed="물 주세요"), choices=PHRASES[:3])
    app.factory.made[-1].say(event)
    qtbot.waitUntil(presenter.bar.isVisible)
    assert spoken == []
    presenter.bar.buttons[2].click()
    qtbot.waitUntil(lambda: bool(spoken))
    assert spoken == [("thank you", "en", "")]


def test_each_profile_has_its_own_voice(app: OpenApp, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uses Qt's mock engine in place of the system's speech."""
    presenter = app.desktop.phrases
    presenter.voice = Voice(presenter, engine="mock")
    show_phrases(app, qtbot, PHRASES)
    bar = presenter.dialog.profiles
    assert not bar.voices.isVisible()
    bar.read_box.click()
    bar.speaking.setCurrentIndex(1)
    bar.speaking.activated.emit(1)
    assert bar.voices.isVisible()
    assert bar.voices.count() > 1
    bar.voices.setCurrentIndex(2)
    bar.voices.activated.emit(2)
    chosen = bar.voices.currentText()
    assert app.desktop.settings_store.settings.phrases.voices == {"My phrases": chosen}
    spoken: list[tuple[str, ...]] = []
    monkeypatch.setattr(presenter.voice, "say", lambda *args: spoken.append(args) or True)
    app.desktop.window.start_source("camera:1")
    event = replace(caption("completed", 3, committed="thank you"), choices=PHRASES[:3])
    app.factory.made[-1].say(event)
    qtbot.waitUntil(lambda: spoken == [("thank you", "en", chosen)])


def test_a_missing_voice_is_replaced_by_one_of_the_language(qtbot: QtBot) -> None:
    voice = Voice(engine="mock")
    assert voice.names()
    assert voice.say("thank you", "en", voice.names()[-1])
    assert voice.say("thank you", "en", "somebody who is not installed")
