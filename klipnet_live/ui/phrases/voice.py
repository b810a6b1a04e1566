"""Says aloud, in a voice of the system, what was read. The only file that knows Qt's speech."""

from __future__ import annotations

import logging

from PySide6.QtCore import QLocale, QObject

_log = logging.getLogger(__name__)


class Voice(QObject):
    """The system's speech is loaded when something is first said; where it has none, nothing is said."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech: QObject | None = None

    def say(self, text: str, language: str) -> bool:
        """Begins to say the text; false where the system cannot speak."""
        from PySide6.QtTextToSpeech import QTextToSpeech

        if self._speech is None:
            self._speech = QTextToSpeech(self)
        speech = self._speech
        assert isinstance(speech, QTextToSpeech)
        if speech.state() == QTextToSpeech.State.Error:
            _log.warning("the system cannot speak: %s", speech.errorString())
            return False
        speech.setLocale(QLocale("ko_KR" if language == "ko" else "en_US"))
        speech.say(text)
        return True


def language_of(text: str) -> str:
    """By its letters: "ko" where there is Hangul in it."""
    return "ko" if any("가" <= letter <= "힣" for letter in text) else "en"
