"""Receives commands from other processes, so that the desktop's hotkeys can control a running app."""

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

_TIMEOUT_MS = 1000

_MAX_COMMAND_BYTES = 256
"""Longer input is not from `klipnet-live toggle`, and is refused."""

_MAX_PATH_BYTES = 100
"""Limit of a socket's path, less what Qt appends while it creates one."""


def channel() -> str:
    """The name of this user's local socket (a named pipe on Windows); it is not reachable over a network.

    The socket is in a folder that belongs to the user, where nobody else can create it.
    """
    if sys.platform == "win32":
        home = os.path.expanduser("~").encode("utf-8", "replace")
        return "klipnet-live-" + hashlib.sha256(home).hexdigest()[:16]
    for folder in _own_folders():
        path = str(folder / "klipnet-live.socket")
        if len(os.fsencode(path)) <= _MAX_PATH_BYTES:
            return path
    return f"klipnet-live-{os.geteuid()}"


def _own_folders() -> Iterator[Path]:
    """Folders that no other user can write to, the standard one for sockets first."""
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
    """Send a command to the running app; returns False if none is running."""
    connection = QLocalSocket()
    connection.connectToServer(name or channel())
    if not connection.waitForConnected(_TIMEOUT_MS) or not _is_own(connection):
        return False
    connection.write(command.encode() + b"\n")
    # On Windows the bytes are sent only when the receiver reads, so this may time out.
    connection.waitForBytesWritten(_TIMEOUT_MS)
    connection.disconnectFromServer()
    return True


class RemoteControl(QObject):
    """Executes commands from `send`; unknown commands are ignored."""

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
        address = name or channel()
        if not _is_taken(address):
            # Remove a socket file left by a killed app, which would prevent listening.
            QLocalServer.removeServer(address)
            self._server.listen(address)

    @property
    def listening(self) -> bool:
        """False if another window of this user receives the commands."""
        return self._server.isListening()

    def _accept(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            if not _is_own(connection):
                connection.abort()
                continue
            connection.setReadBufferSize(_MAX_COMMAND_BYTES)
            connection.readyRead.connect(self._read)
        self._read()

    def _read(self) -> None:
        """Read all connections. Per-connection lambdas would keep this object and its server alive."""
        for connection in self._server.findChildren(QLocalSocket):
            while connection.canReadLine():
                command = bytes(connection.readLine().data()).decode(errors="replace").strip()
                self._commands.get(command, lambda: None)()
            if connection.bytesAvailable() >= _MAX_COMMAND_BYTES:
                connection.abort()


def _is_taken(name: str) -> bool:
    probe = QLocalSocket()
    probe.connectToServer(name)
    return probe.waitForConnected(100)


def _is_own(connection: QLocalSocket) -> bool:
    """Whether the other process belongs to this user, if the system can tell."""
    if sys.platform != "linux":
        return True
    with suppress(OSError), socket.socket(fileno=os.dup(connection.socketDescriptor())) as peer:
        credentials = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return bool(struct.unpack("3i", credentials)[1] == os.geteuid())
    return False
