"""Commands from outside the window, so that a desktop's own hotkeys can reach a running app."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1000


def channel() -> str:
    """The name of this user's local socket (a named pipe on Windows); nothing goes over a network."""
    return "klipnet-live-" + re.sub(r"\W", "", getpass.getuser())


def send(command: str, name: str | None = None) -> bool:
    """Hands a command to the running app; false where none runs."""
    socket = QLocalSocket()
    socket.connectToServer(name or channel())
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(command.encode() + b"\n")
    # On Windows the bytes leave while the reader reads: waiting for them to be written may time out.
    socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
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
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
        self._read()

    def _read(self) -> None:
        """Reads every connection: one that held this object could be the last to, and end with its server."""
        for socket in self._server.findChildren(QLocalSocket):
            while socket.canReadLine():
                command = bytes(socket.readLine().data()).decode(errors="replace").strip()
                self._commands.get(command, lambda: None)()


def _someone_listens(name: str) -> bool:
    probe = QLocalSocket()
    probe.connectToServer(name)
    return probe.waitForConnected(100)
