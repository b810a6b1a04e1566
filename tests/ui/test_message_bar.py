"""Messages wait for the user: none is lost, and none is told twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.types import UserError
from klipnet_live.ui.widgets.message_bar import MessageAction, MessageBar


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> MessageBar:
    shown = MessageBar()
    qtbot.addWidget(shown)
    return shown


def close(qtbot: QtBot, bar: MessageBar) -> None:
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)


def test_closing_the_newest_shows_the_one_before(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(UserError("The disk is full ({left}).", left=0))
    bar.show_message("The virtual camera is on.")
    assert (bar.text.text(), bar.property("role")) == ("The virtual camera is on.", "calm")
    assert bar.more.text() == "1 more"
    close(qtbot, bar)
    assert (bar.text.text(), bar.property("role")) == ("The disk is full (0).", "warning")
    assert not bar.more.isVisible()
    close(qtbot, bar)
    assert not bar.isVisible()


def test_the_same_message_is_one_message(qtbot: QtBot, bar: MessageBar) -> None:
    for _ in range(3):
        bar.show_message(UserError("The disk is full ({left}).", left=0))
    close(qtbot, bar)
    assert not bar.isVisible()


def test_a_newer_message_of_a_topic_takes_the_place_of_the_older(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(UserError("The camera is gone."), topic="camera")
    bar.show_message("Something else.")
    bar.show_message("The camera is back.", topic="camera")
    assert bar.more.text() == "1 more"
    close(qtbot, bar)
    assert bar.text.text() == "Something else."


def test_a_topic_that_is_over_is_forgotten_and_the_rest_stays(bar: MessageBar) -> None:
    bar.show_message(UserError("The disk is full."))
    bar.show_message(UserError("The source failed."), topic="run")
    bar.forget("run")
    assert bar.text.text() == "The disk is full."
    assert bar.isVisible()


def test_an_offer_belongs_to_its_message(qtbot: QtBot, bar: MessageBar) -> None:
    accepted: list[str] = []
    bar.show_message("Saved.")
    bar.show_message("It failed.", MessageAction(lambda: "Try again", lambda: accepted.append("again")))
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert accepted == ["again"]
    assert bar.text.text() == "Saved."
    assert not bar.offer_button.isVisible()
