"""My phrases, through the real windows: typed, shown, read, chosen, said large, learnt, deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.phrases import profile_storage as profiles
from klipnet_live.phrases.in_use import ProfilesInUse, ReadTake
from klipnet_live.phrases.profile_storage import load_profile
from klipnet_live.recording.states import ShownTake
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import UserError
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.services import Services, StartChoice
from klipnet_live.ui.phrases.voice import Voice
from klipnet_live.ui.sources.catalogue import CatalogueReader
from tests.phrases.shown import Person, crops
from tests.ui.conftest import CAMERAS
from tests.ui.fakes import (
    FakeFactory,
    FakeJobs,
    FakePhraseStudio,
    FakeStudios,
    Networks,
    caption,
)


@dataclass
class Opened:
    desktop: AppShell
    factory: FakeFactory
    in_use: ProfilesInUse
    studios: list[FakePhraseStudio]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(profiles, "profiles_folder", lambda: tmp_path / "phrases")
    return tmp_path / "phrases"


@pytest.fixture
def opened(
    qtbot: QtBot, qapp: QApplication, home: Path, settings_path: Path, tmp_path: Path
) -> Iterator[Opened]:
    studios: list[FakePhraseStudio] = []
    in_use, factory = ProfilesInUse(), FakeFactory()

    def open_studio(source: str) -> FakePhraseStudio:
        studios.append(FakePhraseStudio(source))
        return studios[-1]

    services = Services(
        factory, FakeJobs(), FakeStudios(), lambda: [], SessionStore(tmp_path / "sessions"),
        PhraseServices(Networks(), open_studio, in_use),
    )  # fmt: skip
    reader = CatalogueReader(lambda: CAMERAS)
    desktop = AppShell(qapp, settings_path, services, reader)
    qtbot.addWidget(desktop.window)
    with qtbot.waitSignal(reader.read):
        desktop.open(StartChoice())
    yield Opened(desktop, factory, in_use, studios)
    assert desktop.phrases is not None
    desktop.phrases.dialog.close()
    desktop.phrases.large.close()
    desktop.overlay.window.close()
    desktop.window.close()
    desktop.finish()


def shown(opened: Opened, qtbot: QtBot, phrases: Sequence[str], source: str = "camera:0") -> Person:
    """A person types these and shows each three times."""
    presenter = opened.desktop.phrases
    assert presenter is not None
    opened.desktop.window.start_page.card("phrases").click()
    dialog, person = presenter.dialog, Person()
    qtbot.waitUntil(lambda: dialog.keeper.profile is not None)
    dialog.text.setText("; ".join(phrases))
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    dialog.sources.set_source(source)
    qtbot.mouseClick(dialog.show_button, Qt.MouseButton.LeftButton)
    for number in list(range(len(phrases))) * 3:
        assert dialog.showing.phrase == phrases[number]
        with qtbot.waitSignal(dialog.showing.kept):
            opened.studios[-1].takes.append(ShownTake(tuple(crops(20)), person.shows(number)))
    qtbot.waitUntil(lambda: not dialog.showing.running)
    return person


PHRASES = ("물 주세요", "아파요", "thank you", "yes")


def test_phrases_are_typed_shown_and_kept(opened: Opened, qtbot: QtBot, home: Path) -> None:
    shown(opened, qtbot, PHRASES)
    dialog = opened.desktop.phrases.dialog
    qtbot.waitUntil(
        lambda: dialog.table.item(3, 2) is not None and dialog.table.item(3, 2).text() == "3 of 3"
    )
    assert [dialog.table.item(row, 0).text() for row in range(4)] == list(PHRASES)
    assert {dialog.table.item(row, 1).text() for row in range(4)} == {"3"}
    assert opened.studios[-1].stopped
    kept = load_profile(home / "My phrases", Networks.networks, Networks())
    assert len(kept.info.takes) == 12
    assert not dialog.show_button.isEnabled()


def test_a_take_that_is_unlike_the_others_is_refused(opened: Opened, qtbot: QtBot) -> None:
    person = shown(opened, qtbot, PHRASES)
    dialog = opened.desktop.phrases.dialog
    dialog.text.setText("no")
    dialog.add_button.click()
    dialog.show_button.click()
    for number in (8, 30):
        opened.studios[-1].takes.append(ShownTake(tuple(crops(20)), person.shows(number)))
        qtbot.waitUntil(lambda: not opened.studios[-1].takes)
    qtbot.waitUntil(lambda: dialog.message_bar.isVisible())
    assert "“no”" in dialog.message_bar.text.text()
    assert len(dialog.keeper.profile.takes_of("no")) == 1
    qtbot.mouseClick(dialog.message_bar.offer_button, Qt.MouseButton.LeftButton)
    assert len(dialog.keeper.profile.takes_of("no")) == 2
    problem = UserError("More than one face is in view. Only you may be in view while you show a phrase.")
    opened.studios[-1].state = replace(opened.studios[-1].state, problem=problem)
    qtbot.waitUntil(lambda: "one face" in dialog.message_bar.text.text())


def test_sets_to_begin_with(opened: Opened, qtbot: QtBot) -> None:
    opened.desktop.actions.my_phrases.trigger()
    dialog = opened.desktop.phrases.dialog
    qtbot.waitUntil(lambda: dialog.keeper.profile is not None)
    for action in dialog.sets_button.menu().actions():
        action.trigger()
    assert dialog.table.rowCount() == len(dialog.keeper.profile.phrases) > 45
    dialog.table.selectRow(0)
    first = dialog.table.chosen
    dialog.remove_button.click()
    assert first[0] not in dialog.keeper.profile.phrases


def test_a_profile_that_is_on_is_read(opened: Opened, qtbot: QtBot) -> None:
    shown(opened, qtbot, PHRASES)
    opened.desktop.window.start_source("camera:1")
    made = len(opened.factory.made)
    dialog = opened.desktop.phrases.dialog
    dialog.profiles.read_box.click()
    assert opened.in_use.profiles == ("My phrases",)
    opened.factory.made[-1].end()
    qtbot.waitUntil(lambda: len(opened.factory.made) == made + 1)
    assert opened.desktop.keeper.settings.phrases.on == ("My phrases",)


def test_a_choice_becomes_the_caption_and_is_learnt(opened: Opened, qtbot: QtBot) -> None:
    person = shown(opened, qtbot, PHRASES)
    presenter, window = opened.desktop.phrases, opened.desktop.window
    presenter.dialog.profiles.read_box.click()
    presenter.dialog.close()
    window.start_source("camera:1")
    pipeline = opened.factory.made[-1]
    opened.in_use.memory.add(ReadTake("1", 1.0, tuple(crops(20)), person.shows(1)))
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
    assert len(presenter.dialog.keeper.profile.takes_of("아파요")) == 4


def test_what_is_read_is_shown_large(opened: Opened, qtbot: QtBot) -> None:
    shown(opened, qtbot, PHRASES)
    presenter = opened.desktop.phrases
    presenter.dialog.profiles.read_box.click()
    presenter.dialog.profiles.large_box.click()
    opened.desktop.window.start_source("camera:1")
    read = replace(caption("completed", 3, committed="물 주세요"), choices=PHRASES[:3])
    opened.factory.made[-1].say(read)
    qtbot.waitUntil(presenter.large.isVisible)
    assert presenter.large.text == "물 주세요"
    wrong = [button for button in presenter.bar.buttons if button.isVisible()]
    assert len(wrong) == 2


def test_what_is_read_is_said_after_a_moment_unless_it_is_corrected(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(opened, qtbot, PHRASES)
    presenter = opened.desktop.phrases
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(presenter.voice, "say", lambda *given: said.append(given) or True)
    presenter.dialog.profiles.read_box.click()
    opened.desktop.keeper.change_part("phrases", speaking="after a moment")
    opened.desktop.window.start_source("camera:1")
    read = replace(caption("completed", 3, committed="물 주세요"), choices=PHRASES[:3])
    opened.factory.made[-1].say(read)
    qtbot.waitUntil(presenter.bar.isVisible)
    assert said == []
    presenter.bar.buttons[2].click()
    qtbot.waitUntil(lambda: bool(said), timeout=3000)
    assert said == [("thank you", "en", "")]


def test_each_profile_has_a_voice_of_its_own(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt's own engine for tests stands for the system's speech."""
    presenter = opened.desktop.phrases
    presenter.voice = Voice(presenter, engine="mock")
    shown(opened, qtbot, PHRASES)
    bar = presenter.dialog.profiles
    assert bar.voices.isHidden() or not bar.voices.isVisible()
    bar.read_box.click()
    bar.speaking.setCurrentIndex(1)
    bar.speaking.activated.emit(1)
    assert bar.voices.isVisible()
    assert bar.voices.count() > 1
    bar.voices.setCurrentIndex(2)
    bar.voices.activated.emit(2)
    chosen = bar.voices.currentText()
    assert opened.desktop.keeper.settings.phrases.voices == {"My phrases": chosen}
    said: list[tuple[str, ...]] = []
    monkeypatch.setattr(presenter.voice, "say", lambda *given: said.append(given) or True)
    opened.desktop.window.start_source("camera:1")
    read = replace(caption("completed", 3, committed="thank you"), choices=PHRASES[:3])
    opened.factory.made[-1].say(read)
    qtbot.waitUntil(lambda: said == [("thank you", "en", chosen)])


def test_a_voice_that_is_gone_leaves_that_of_the_language(qtbot: QtBot) -> None:
    voice = Voice(engine="mock")
    assert voice.names()
    assert voice.say("thank you", "en", voice.names()[-1])
    assert voice.say("thank you", "en", "somebody who is not installed")
