"""The dialog of speakers: names, colours, hidden speakers, and which one is the user."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.ui.captions.people_dialog import PeopleDialog
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.look.appearance import Appearance
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, FakePipeline, caption


@pytest.fixture
def speakers(qapp: QApplication) -> SpeakerBook:
    book = SpeakerBook()
    for speaker in ("1", "2"):
        book.note(speaker)
    return book


@pytest.fixture
def people(qtbot: QtBot, speakers: SpeakerBook, appearance: Appearance) -> PeopleDialog:
    dialog = PeopleDialog(speakers, appearance)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_speaker_is_renamed_while_another_one_appears(
    qtbot: QtBot, people: PeopleDialog, speakers: SpeakerBook
) -> None:
    people.show_person("2")
    field = people.row("2").name
    assert people.focusWidget() is field
    speakers.note("3")
    qtbot.keyClicks(field, "Minji")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert speakers.name("2") == "Minji"
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert speakers.name("2") == "Speaker 2"


def test_one_of_eight_colours_is_chosen(
    qtbot: QtBot, people: PeopleDialog, speakers: SpeakerBook, appearance: Appearance
) -> None:
    swatches = people.row("1").swatches
    assert len(swatches) == 8
    assert [swatch.isChecked() for swatch in swatches].index(True) == speakers.swatch("1")
    qtbot.keyClick(swatches[4], Qt.Key.Key_Space)
    assert speakers.colour("1", appearance.theme) == appearance.theme.speakers[4]
    assert [swatch.isChecked() for swatch in swatches].index(True) == 4
    assert len({swatch.accessibleName() for swatch in swatches}) == 8
    swatches[4].setFocus()
    qtbot.keyClick(swatches[4], Qt.Key.Key_Right)
    assert speakers.swatch("1") == 5


def test_at_most_one_speaker_is_the_user(qtbot: QtBot, people: PeopleDialog, speakers: SpeakerBook) -> None:
    people.row("1").me.click()
    people.row("2").me.click()
    assert [people.row(speaker).me.isChecked() for speaker in "12"] == [False, True]
    assert not speakers.is_me("1")
    people.row("2").me.click()
    assert not speakers.is_me("2")


def test_speakers_of_another_source_replace_the_old_ones(people: PeopleDialog, speakers: SpeakerBook) -> None:
    speakers.begin(FakePipeline(), Request("camera:0", "en", None))
    speakers.begin(FakePipeline(), Request("talk.mp4", "en", None))
    assert speakers.people == ()
    speakers.note("1")
    assert people.row("1").name.text() == ""


def test_lines_of_the_user_and_of_hidden_speakers_are_not_in_the_overlay(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory
) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.speakers.set_me("1")
    desktop.speakers.set_hidden("2", True)
    for line, speaker in enumerate("123"):
        factory.made[0].say(caption("completed", line=line, speaker=speaker, committed=f"line {line}"))
    overlay = desktop.overlay.window
    qtbot.waitUntil(lambda: [row.text for row in overlay.rows()] == ["line 2"])
    assert desktop.window.captions.model.rowCount() == 3
