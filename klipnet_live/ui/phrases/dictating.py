"""Adds phrases that the user speaks aloud, with the installed speech recogniser."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from klipnet_live.ui.core.phrases_port import DictationLike, PhraseServices

_POLL_MS = 100


class Dictating(QObject):
    """Owns the dictation while it runs."""

    heard = Signal(str)
    """The text of a phrase that was spoken."""

    problem = Signal(object)
    """A UserError; it has ended."""

    changed = Signal()
    """It began, is ready to listen, or ended."""

    def __init__(self, services: PhraseServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = services.open_dictation
        self._dictation: DictationLike | None = None
        self._was_listening = False
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def running(self) -> bool:
        return self._dictation is not None

    @property
    def listening(self) -> bool:
        """Whether the models are loaded."""
        return self._dictation is not None and self._dictation.listening

    def begin(self, language: str) -> None:
        """Listen to the microphone. UserError if no recogniser for the language is installed."""
        self._dictation = self._open(language)
        self._dictation.start()
        self._was_listening = False
        self._timer.start()
        self.changed.emit()

    def end(self) -> None:
        self._timer.stop()
        if self._dictation is not None:
            self._dictation.stop()
            self._dictation = None
            self.changed.emit()

    def _poll(self) -> None:
        dictation = self._dictation
        if dictation is None:
            return
        running, problem = dictation.running, dictation.problem
        while (text := dictation.next_text()) is not None:
            self.heard.emit(text)
        if dictation.listening and not self._was_listening:
            self._was_listening = True
            self.changed.emit()
        if not running:
            self.end()
            if problem is not None:
                self.problem.emit(problem)
