"""`klipnet-live toggle` sends commands to the running window."""

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
    carried_out: list[str] = []
    remote = RemoteControl({"overlay": lambda: carried_out.append("overlay")}, name)
    assert remote.listening
    sender = subprocess.Popen(
        [sys.executable, "-c", _SENDER, name], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: carried_out == ["overlay"])
    assert sender.communicate(timeout=20)[0].strip() == "True True"


def test_an_open_connection_does_not_keep_the_server_alive(qtbot: QtBot, name: str) -> None:
    """The last reference from a connection once destroyed the server and the connection twice."""
    carried_out: list[str] = []
    remote = RemoteControl({"overlay": lambda: carried_out.append("overlay")}, name)
    client = QLocalSocket()
    client.connectToServer(name)
    client.write(b"overlay\n")
    qtbot.waitUntil(lambda: carried_out == ["overlay"])
    reference = weakref.ref(remote)
    del remote
    assert reference() is None


def test_sending_fails_when_no_app_is_running(name: str) -> None:
    assert not send("overlay", name)


def test_only_the_first_window_receives_commands(name: str) -> None:
    first = RemoteControl({}, name)
    second = RemoteControl({}, name)
    assert first.listening
    assert not second.listening


def test_a_client_that_sends_an_endless_line_is_disconnected(qtbot: QtBot, name: str) -> None:
    remote = RemoteControl({}, name)
    client = QLocalSocket()
    client.connectToServer(name)
    client.write(b"x" * 1_000_000)
    qtbot.waitUntil(lambda: client.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert remote.listening


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has named pipes")
def test_the_socket_is_in_a_folder_that_only_the_user_can_write(
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


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs root, to become another user")
def test_commands_of_another_user_are_ignored(qtbot: QtBot, name: str) -> None:
    carried_out: list[str] = []
    remote = RemoteControl({"overlay": lambda: carried_out.append("overlay")}, name)
    path = remote._server.fullServerName()
    os.chmod(path, 0o777)
    call = (
        "import os, socket, sys; os.setuid(65534); s = socket.socket(socket.AF_UNIX)\n"
        "s.connect(sys.argv[1]); s.sendall(b'overlay\\n'); print(s.recv(1))"
    )
    other = subprocess.Popen([sys.executable, "-c", call, path], stdout=subprocess.PIPE, text=True)
    with other:
        qtbot.waitUntil(lambda: other.poll() is not None)
    assert carried_out == []
