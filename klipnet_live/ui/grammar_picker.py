"""The box in which the sentences of a meeting are chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from klipnet_live.assets import ASSETS
from klipnet_live.types import Phrases
from klipnet_live.ui.room import let_shrink

_ASK_ONLY, _ASK_LIKELY = "pick:only", "pick:likely"
_KINDS = "*.txt *.jsgf *.gram"

_TRAINED = {"en": "grid.jsgf", "ko": "korean_seed.jsgf"}
"""The sentences of the corpus that each language's model was trained with."""


class GrammarPicker(QComboBox):
    """No limit, the trained sentences, or a phrase list of the user's own: only these, or likelier."""

    grammar_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grammar: str | None = None
        self._language = "en"
        self.activated.connect(self._activated)
        let_shrink(self)
        self._rebuild()

    @property
    def grammar(self) -> str | None:
        """`Phrases` as text, or None for no limit."""
        return self._grammar

    def set_grammar(self, grammar: str | None, language: str) -> None:
        """Shows a choice; a grammar of one language is not offered for another."""
        self._grammar, self._language = grammar, language
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def _activated(self, row: int) -> None:
        data = self.itemData(row)
        self._select()
        if data in (_ASK_ONLY, _ASK_LIKELY):
            self._ask(only=data == _ASK_ONLY)
        elif data != self._grammar:
            self._choose(data)

    def _ask(self, only: bool) -> None:
        lists, every = self.tr("Phrase lists"), self.tr("All files")
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a phrase list"), "", f"{lists} ({_KINDS});;{every} (*)"
        )
        if path:
            self._choose(str(Phrases(Path(path), only)))

    def _choose(self, grammar: str | None) -> None:
        self.set_grammar(grammar, self._language)
        self.grammar_chosen.emit()

    def _rebuild(self) -> None:
        self.setAccessibleName(self.tr("Sentences"))
        self.setToolTip(
            self.tr("A text file with one phrase a line: only its sentences are read, or they are likelier.")
        )
        self.clear()
        self.addItem(self.tr("No limit"), None)
        trained = ASSETS / "grammars" / _TRAINED[self._language]
        self.addItem(self.tr("Only the trained sentences"), str(trained))
        if self._grammar is not None and self.findData(self._grammar) < 0:
            self.addItem(self._title(Phrases.parse(self._grammar)), self._grammar)
        self.addItem(self.tr("Only the phrases of a list…"), _ASK_ONLY)
        self.addItem(self.tr("Prefer the phrases of a list…"), _ASK_LIKELY)
        self._select()

    def _title(self, phrases: Phrases) -> str:
        text = self.tr("Only: {name}") if phrases.only else self.tr("Preferred: {name}")
        return text.format(name=phrases.path.name)

    def _select(self) -> None:
        self.setCurrentIndex(0 if self._grammar is None else self.findData(self._grammar))
