"""Speaks recognised phrases with a system voice. The only file that uses QtTextToSpeech."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from klipnet_live.lips.hangul import has_hangul

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

_log = logging.getLogger(__name__)

_LOCALES = {"ko": "ko_KR", "en": "en_US"}


class Voice(QObject):
    """Text to speech. The speech engine is loaded on first use."""

    def __init__(self, parent: QObject | None = None, engine: str = "") -> None:
        """`engine`: name of a Qt speech engine; empty for the system default."""
        super().__init__(parent)
        self._engine = engine
        self._speech: QTextToSpeech | None = None

    def names(self) -> list[str]:
        """Return the names of the voices for the supported languages."""
        if (speech := self._loaded()) is None:
            return []
        found: list[str] = []
        for language in _LOCALES:
            speech.setLocale(QLocale(_LOCALES[language]))
            found += [voice.name() for voice in speech.availableVoices()]
        return list(dict.fromkeys(found))

    def say(self, text: str, language: str, name: str = "") -> bool:
        """Start speaking the text. Returns False if the system cannot speak.

        `name`: a voice; if it does not support the language, the language's default voice is used.
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
    """Return "ko" if the text contains Hangul, else "en"."""
    return "ko" if has_hangul(text) else "en"
