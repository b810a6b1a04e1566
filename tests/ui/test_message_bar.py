"""The message bar queues messages, without duplicates."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.types import UserError
from klipnet_live.ui.widgets.message_bar import MessageAction, MessageBar


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> MessageBar:
    message_bar = MessageBar()
    qtbot.addWidget(message_bar)
    return message_bar


def click_close(qtbot: QtBot, bar: MessageBar) -> None:
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)


def test_closing_a_message_shows_the_previous_one(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(UserError("The disk is full ({left}).", left=0))
    bar.show_message("The virtual camera is on.")
    assert (bar.text.text(), bar.property("role")) == ("The virtual camera is on.", "calm")
    assert bar.more.text() == "1 more"
    click_close(qtbot, bar)
    assert (bar.text.text(), bar.property("role")) == ("The disk is full (0).", "warning")
    assert not bar.more.isVisible()
    click_close(qtbot, bar)
    assert not bar.isVisible()


def test_a_repeated_message_is_shown_once(qtbot: QtBot, bar: MessageBar) -> None:
    for _ in range(3):
        bar.show_message(UserError("The disk is full ({left}).", left=0))
    click_close(qtbot, bar)
    assert not bar.isVisible()


def test_a_message_replaces_the_previous_one_of_its_topic(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(UserError("The camera is gone."), topic="camera")
    bar.show_message("Something else.")
    bar.show_message("The camera is back.", topic="camera")
    assert bar.more.text() == "1 more"
    click_close(qtbot, bar)
    assert bar.text.text() == "Something else."


def test_forgetting_a_topic_keeps_other_messages(bar: MessageBar) -> None:
    bar.show_message(UserError("The disk is full."))
    bar.show_message(UserError("The source failed."), topic="run")
    bar.forget("run")
    assert bar.text.text() == "The disk is full."
    assert bar.isVisible()


def test_the_button_of_a_message_disappears_with_it(qtbot: QtBot, bar: MessageBar) -> None:
    clicks: list[str] = []
    bar.show_message("Saved.")
    bar.show_message("It failed.", MessageAction(lambda: "Try again", lambda: clicks.append("again")))
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert clicks == ["again"]
    assert bar.text.text() == "Saved."
    assert not bar.offer_button.isVisible()
