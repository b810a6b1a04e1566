"""Slow functions run in the background, one call at a time."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background


def test_requests_during_a_call_cause_one_more_call(qtbot: QtBot, qapp: QApplication) -> None:
    threads: list[threading.Thread] = []
    release = threading.Event()

    def slow_function() -> int:
        threads.append(threading.current_thread())
        release.wait(60)
        return len(threads)

    answers: list[int] = []
    background = Background(slow_function)
    background.answered.connect(answers.append)
    for _ in range(5):
        background.ask()
    release.set()
    qtbot.waitUntil(lambda: answers == [2])
    background.ask()
    qtbot.waitUntil(lambda: answers == [2, 3])
    assert threading.main_thread() not in threads


def test_a_failed_call_is_reported_and_can_be_repeated(
    qtbot: QtBot, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    results: list[object] = [ZeroDivisionError("no cameras"), UserError("Allow reading it."), 7]

    def slow_function() -> object:
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    background = Background(slow_function)
    messages: list[str] = []
    background.failed.connect(lambda error: messages.append(str(error)))
    for expected in (
        "Something went wrong: ZeroDivisionError: no cameras. Start the program again.",
        "Allow reading it.",
    ):
        with qtbot.waitSignal(background.failed):
            background.ask()
        assert messages[-1] == expected
    [logged] = caplog.records
    assert logged.exc_info is not None
    with qtbot.waitSignal(background.answered) as signal:
        background.ask()
    assert signal.args == [7]


def test_the_result_for_a_deleted_receiver_is_dropped(qapp: QApplication) -> None:
    """An exception in the thread would make pytest-qt fail the test."""
    started, never = threading.Event(), threading.Event()

    def slow_function() -> None:
        started.set()
        never.wait(0.2)

    background = Background(slow_function)
    background.ask()
    assert started.wait(60)
    shiboken6.delete(background)
    QApplication.processEvents()
