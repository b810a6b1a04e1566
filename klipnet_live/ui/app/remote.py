"""Commands from outside the window, so that a desktop's own hotkeys can reach a running app."""

from __future__ import annotations

import hashlib
import os
import socket
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from klipnet_live.atomic_file import make_private_folder

_PATIENCE_MS = 1000

_LONGEST_BYTES = 256
"""Of a command; who sends more is no `klipnet-live toggle`."""

_LONGEST_PATH = 100
"""Bytes of a socket's path, with what Qt adds to it while it makes one."""


def channel() -> str:
    """The name of this user's local socket (a named pipe on Windows); nothing goes over a network.

    It lies in a folder of the user's own, where nobody else can take the name.
    """
    if sys.platform == "win32":
        home = os.path.expanduser("~").encode("utf-8", "replace")
        return "klipnet-live-" + hashlib.sha256(home).hexdigest()[:16]
    for folder in _own_folders():
        path = str(folder / "klipnet-live.socket")
        if len(os.fsencode(path)) <= _LONGEST_PATH:
            return path
    return f"klipnet-live-{os.geteuid()}"


def _own_folders() -> Iterator[Path]:
    """Folders that no other user writes to, the usual one for sockets first."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    folders = [Path(runtime)] if os.path.isabs(runtime) else []
    state = platformdirs.user_state_path("klipnet-live", appauthor=False)
    with suppress(OSError):
        make_private_folder(state)
    for folder in (*folders, state):
        with suppress(OSError):
            found = folder.stat()
            if found.st_uid == os.geteuid() and not found.st_mode & 0o022:
                yield folder


def send(command: str, name: str | None = None) -> bool:
    """Hands a command to the running app; false where none runs."""
    connection = QLocalSocket()
    connection.connectToServer(name or channel())
    if not connection.waitForConnected(_PATIENCE_MS) or not _is_own(connection):
        return False
    connection.write(command.encode() + b"\n")
    # On Windows the bytes leave while the reader reads: waiting for them to be written may time out.
    connection.waitForBytesWritten(_PATIENCE_MS)
    connection.disconnectFromServer()
    return True


class RemoteControl(QObject):
    """Carries out commands that `send` hands over; words that it does not know do nothing."""

    def __init__(
        self,
        commands: Mapping[str, Callable[[], object]],
        name: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        wanted = name or channel()
        if not _someone_listens(wanted):
            # A socket file that a killed app left behind would keep this one from listening.
            QLocalServer.removeServer(wanted)
            self._server.listen(wanted)

    @property
    def listening(self) -> bool:
        """False where another window of this user takes the commands."""
        return self._server.isListening()

    def _accept(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            if not _is_own(connection):
                connection.abort()
                continue
            connection.setReadBufferSize(_LONGEST_BYTES)
            connection.readyRead.connect(self._read)
        self._read()

    def _read(self) -> None:
        """Reads every connection: one that held this object could be the last to, and end with its server."""
        for connection in self._server.findChildren(QLocalSocket):
            while connection.canReadLine():
                command = bytes(connection.readLine().data()).decode(errors="replace").strip()
                self._commands.get(command, lambda: None)()
            if connection.bytesAvailable() >= _LONGEST_BYTES:
                connection.abort()


def _someone_listens(name: str) -> bool:
    probe = QLocalSocket()
    probe.connectToServer(name)
    return probe.waitForConnected(100)


def _is_own(connection: QLocalSocket) -> bool:
    """Whether the program at the other end is this user's, where the system tells."""
    if sys.platform != "linux":
        return True
    with suppress(OSError), socket.socket(fileno=os.dup(connection.socketDescriptor())) as peer:
        told = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return bool(struct.unpack("3i", told)[1] == os.geteuid())
    return False
