"""Slow questions are asked off the window's thread, one at a time."""

from __future__ import annotations

import threading

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.ui.background import Background


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
