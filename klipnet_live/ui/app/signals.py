"""Closes the app properly on termination signals."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl+C, end of the desktop session, end of the terminal. Windows has no SIGHUP."""


class EndSignals(QObject):
    """Calls `end` on the first of these signals; a second one terminates the program.

    Python runs signal handlers only between bytecodes; the wake-up byte makes Qt's event loop return to
    Python.
    """

    def __init__(self, end: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._end = end
        self.ended = False
        self._read, self._write = socket.socketpair()
        for side in (self._read, self._write):
            side.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: self._read.recv(1))
        signal.set_wakeup_fd(self._write.fileno())
        for number in self._numbers():
            signal.signal(number, lambda *_: self._ended())

    def _ended(self) -> None:
        self.ended = True
        for number in self._numbers():
            signal.signal(number, signal.SIG_DFL)
        self._end()

    @staticmethod
    def _numbers() -> list[int]:
        return [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
