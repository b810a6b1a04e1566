"""Says aloud, in a voice of the system, what was read. The only file that knows Qt's speech."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

_log = logging.getLogger(__name__)

_LOCALES = {"ko": "ko_KR", "en": "en_US"}


class Voice(QObject):
    """The system's speech is loaded when it is first needed; where it has none, nothing is said."""

    def __init__(self, parent: QObject | None = None, engine: str = "") -> None:
        """`engine`: one of Qt's; empty for the system's own."""
        super().__init__(parent)
        self._engine = engine
        self._speech: QTextToSpeech | None = None

    def names(self) -> list[str]:
        """The voices of the languages that are spoken here."""
        if (speech := self._loaded()) is None:
            return []
        found: list[str] = []
        for language in _LOCALES:
            speech.setLocale(QLocale(_LOCALES[language]))
            found += [voice.name() for voice in speech.availableVoices()]
        return list(dict.fromkeys(found))

    def say(self, text: str, language: str, name: str = "") -> bool:
        """Begins to say the text; false where the system cannot speak.

        `name`: of a voice; where it does not speak the language, the language's own voice does.
        """
        if (speech := self._loaded()) is None:
            return False
        speech.setLocale(QLocale(_LOCALES[language]))
        chosen = next((voice for voice in speech.availableVoices() if voice.name() == name), None)
        if chosen is not None:
            speech.setVoice(chosen)
        speech.say(text)
        return True

    def _loaded(self) -> QTextToSpeech | None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        if self._speech is None:
            self._speech = QTextToSpeech(self._engine, self) if self._engine else QTextToSpeech(self)
        if self._speech.state() == QTextToSpeech.State.Error:
            _log.warning("the system cannot speak: %s", self._speech.errorString())
            return None
        return self._speech


def language_of(text: str) -> str:
    """By its letters: "ko" where there is Hangul in it."""
    return "ko" if any("가" <= letter <= "힣" for letter in text) else "en"
