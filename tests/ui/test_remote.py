"""Commands from outside reach the running window."""

from __future__ import annotations

import subprocess
import sys
import uuid
import weakref

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.ui.app.remote import RemoteControl, send
from tests.conftest import REPOSITORY

_SENDER = """
import sys
from klipnet_live.ui.app.remote import send
print(send("unknown", sys.argv[1]), send("overlay", sys.argv[1]))
"""


@pytest.fixture
def name(qapp: QApplication) -> str:
    return f"klipnet-test-{uuid.uuid4().hex[:8]}"


def test_a_command_from_another_process_is_carried_out(qtbot: QtBot, name: str) -> None:
    done: list[str] = []
    remote = RemoteControl({"overlay": lambda: done.append("overlay")}, name)
    assert remote.listening
    sender = subprocess.Popen(
        [sys.executable, "-c", _SENDER, name], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: done == ["overlay"], timeout=20_000)
    assert sender.communicate(timeout=20)[0].strip() == "True True"


def test_a_connection_keeps_no_window_that_is_gone(qtbot: QtBot, name: str) -> None:
    """Ended with its server, a connection that was the last to hold it was destroyed twice."""
    done: list[str] = []
    remote = RemoteControl({"overlay": lambda: done.append("overlay")}, name)
    client = QLocalSocket()
    client.connectToServer(name)
    client.write(b"overlay\n")
    qtbot.waitUntil(lambda: done == ["overlay"])
    gone = weakref.ref(remote)
    del remote
    assert gone() is None


def test_without_an_app_nothing_takes_the_command(name: str) -> None:
    assert not send("overlay", name)


def test_a_second_window_leaves_the_commands_to_the_first(name: str) -> None:
    first = RemoteControl({}, name)
    second = RemoteControl({}, name)
    assert first.listening
    assert not second.listening
