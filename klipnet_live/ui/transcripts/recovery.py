"""Recovers sessions whose end was not written, and reports what was found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from klipnet_live.transcripts.session_file import Session
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.core.background import Background


class SessionRecovery(QObject):
    """Searches in the background, because there may be years of sessions."""

    recovered = Signal(str, str)
    """A message for the user, and the id of the session to show."""

    failed = Signal(object)
    """A UserError."""

    def __init__(self, sessions: SessionStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._search = Background(self._recover, self)
        self._search.answered.connect(self._report)
        self._search.failed.connect(self.failed)

    def start(self) -> None:
        """Search for sessions that a crash or a full disk has ended; their lines are preserved."""
        self._search.ask()

    def _recover(self) -> tuple[dict[str, int], list[Session]]:
        # First: a session whose end was refused by a full disk is complete then.
        taken_back = self._sessions.take_back()
        interrupted = self._sessions.recovered()
        for session in interrupted:
            self._sessions.settle(session.id)
        return taken_back, interrupted

    def _report(self, found: tuple[dict[str, int], list[Session]]) -> None:
        taken_back, interrupted = found
        if interrupted:
            message = self.tr("The last session ended unexpectedly. Saved lines: {count}.")
            count = sum(len(session.lines) for session in interrupted)
            self.recovered.emit(message.format(count=count), interrupted[0].id)
        if taken_back:
            message = self.tr(
                "The disk was full when a session ended. Its last lines ({count}) are now in its transcript."
            )
            self.recovered.emit(message.format(count=sum(taken_back.values())), max(taken_back))
