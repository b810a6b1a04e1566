"""Slow questions are asked off the window's thread, one at a time."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background


def test_what_is_asked_meanwhile_is_asked_once_more(qtbot: QtBot, qapp: QApplication) -> None:
    threads: list[threading.Thread] = []
    go_on = threading.Event()

    def question() -> int:
        threads.append(threading.current_thread())
        go_on.wait(10)
        return len(threads)

    answers: list[int] = []
    background = Background(question)
    background.answered.connect(answers.append)
    for _ in range(5):
        background.ask()
    go_on.set()
    qtbot.waitUntil(lambda: answers == [2])
    background.ask()
    qtbot.waitUntil(lambda: answers == [2, 3])
    assert threading.main_thread() not in threads


def test_a_question_that_breaks_is_told_and_can_be_asked_again(
    qtbot: QtBot, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[object] = [ZeroDivisionError("no cameras"), UserError("Allow reading it."), 7]

    def question() -> object:
        answer = said.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    background = Background(question)
    told: list[str] = []
    background.failed.connect(lambda error: told.append(str(error)))
    for expected in (
        "Something went wrong: ZeroDivisionError: no cameras. Start the program again.",
        "Allow reading it.",
    ):
        with qtbot.waitSignal(background.failed):
            background.ask()
        assert told[-1] == expected
    [logged] = caplog.records
    assert logged.exc_info is not None
    with qtbot.waitSignal(background.answered) as answered:
        background.ask()
    assert answered.args == [7]


def test_an_answer_for_somebody_who_is_gone_is_nobodys(qapp: QApplication) -> None:
    """pytest-qt fails where a Qt thread raises."""
    asked, answered = threading.Event(), threading.Event()

    def question() -> None:
        asked.set()
        answered.wait(0.2)

    background = Background(question)
    background.ask()
    assert asked.wait(10)
    shiboken6.delete(background)
    QApplication.processEvents()
