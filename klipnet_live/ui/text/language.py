"""The language of the interface, switched while the app runs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

FOLDER = Path(__file__).parent / "translations"

LANGUAGES = {"en": "English", "ko": "한국어"}
"""Languages of the window, which are also those that can be read, each in its own name."""

QT_TEXTS = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
)
"""What Qt's own Korean texts lack."""

InterfaceLanguage = Literal["system", "en", "ko"]


def effective_language(choice: InterfaceLanguage) -> str:
    """ "en" or "ko"; "system" is Korean on Korean desktops and English on all others."""
    if choice != "system":
        return choice
    return "ko" if QLocale.system().language() == QLocale.Language.Korean else "en"


class InterfaceTranslator(QObject):
    """Installs the app's texts and Qt's own; widgets hear of it by their LanguageChange event."""

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
