"""The interface language, which can change while the app runs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

FOLDER = Path(__file__).parent / "translations"

LANGUAGES = {"en": "English", "ko": "한국어"}
"""Interface languages, which are also the recognised languages, by their native names."""

QT_TEXTS = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
)
"""Texts that Qt's own Korean translation lacks."""

InterfaceLanguage = Literal["system", "en", "ko"]


def effective_language(choice: InterfaceLanguage) -> str:
    """Return "en" or "ko". "system" means Korean on Korean desktops and English elsewhere."""
    if choice != "system":
        return choice
    return "ko" if QLocale.system().language() == QLocale.Language.Korean else "en"


class InterfaceTranslator(QObject):
    """Installs the translations of the app and of Qt. Widgets receive a LanguageChange event."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []

    def set_language(self, choice: InterfaceLanguage) -> None:
        language = effective_language(choice)
        QLocale.setDefault(QLocale(language))
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()
        # English has no file: it is the language of the sources.
        qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._install(f"qtbase_{language}", qt_folder)
        self._install(f"klipnet_{language}", FOLDER)

    def _install(self, name: str, folder: Path) -> None:
        translator = QTranslator(self)
        if translator.load(name, str(folder)):
            QCoreApplication.installTranslator(translator)
            self._installed.append(translator)
