"""Commands from outside reach the running window."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
import weakref
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.ui.app.remote import RemoteControl, channel, send
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


def test_a_line_without_an_end_is_cut_off(qtbot: QtBot, name: str) -> None:
    remote = RemoteControl({}, name)
    client = QLocalSocket()
    client.connectToServer(name)
    client.write(b"x" * 1_000_000)
    qtbot.waitUntil(lambda: client.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert remote.listening


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has named pipes")
def test_the_socket_is_where_no_other_user_can_take_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run").mkdir(mode=0o700)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    assert Path(channel()).parent == tmp_path / "run"
    for unusable in (tmp_path / "open", tmp_path / "missing", "relative", tmp_path / ("deep" * 40)):
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(unusable))
        assert not channel().startswith(str(unusable))


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs a user of another number")
def test_no_other_user_commands_the_window(qtbot: QtBot, name: str) -> None:
    done: list[str] = []
    remote = RemoteControl({"overlay": lambda: done.append("overlay")}, name)
    path = remote._server.fullServerName()
    os.chmod(path, 0o777)
    call = (
        "import os, socket, sys; os.setuid(65534); s = socket.socket(socket.AF_UNIX)\n"
        "s.connect(sys.argv[1]); s.sendall(b'overlay\\n'); print(s.recv(1))"
    )
    other = subprocess.Popen([sys.executable, "-c", call, path], stdout=subprocess.PIPE, text=True)
    with other:
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    assert done == []
