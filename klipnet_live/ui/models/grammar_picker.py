"""The box in which the sentences of a meeting are chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from klipnet_live.assets import ASSETS
from klipnet_live.types import Phrases
from klipnet_live.ui.widgets.choice_box import ChoiceBox
from klipnet_live.ui.widgets.plain import set_tool_tip

_ASK_ONLY, _ASK_LIKELY = "pick:only", "pick:likely"
_KINDS = "*.txt *.jsgf *.gram"

_TRAINED = {"en": "grid.jsgf", "ko": "korean_seed.jsgf"}
"""The sentences of the corpus that each language's model was trained with."""


class GrammarPicker(ChoiceBox):
    """No limit, the trained sentences, or a phrase list of the user's own: only these, or likelier.

    Its value is `Phrases` as text.
    """

    asks = (_ASK_ONLY, _ASK_LIKELY)

    def ask(self, entry: str) -> None:
        lists, every = self.tr("Phrase lists"), self.tr("All files")
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a phrase list"), "", f"{lists} ({_KINDS});;{every} (*)"
        )
        if path:
            self.choose(str(Phrases(Path(path), only=entry == _ASK_ONLY)))

    def fill(self) -> None:
        self.setAccessibleName(self.tr("Sentences"))
        set_tool_tip(
            self,
            self.tr("A text file with one phrase a line: only its sentences are read, or they are likelier."),
        )
        self.addItem(self.tr("No limit"), None)
        trained = ASSETS / "grammars" / _TRAINED[self.language]
        self.addItem(self.tr("Only the trained sentences"), str(trained))
        if self.value is not None and self.findData(self.value) < 0:
            self.addItem(self._title(Phrases.parse(self.value)), self.value)
        self.addItem(self.tr("Only the phrases of a list…"), _ASK_ONLY)
        self.addItem(self.tr("Prefer the phrases of a list…"), _ASK_LIKELY)

    def _title(self, phrases: Phrases) -> str:
        text = self.tr("Only: {name}") if phrases.only else self.tr("Preferred: {name}")
        return text.format(name=phrases.path.name)
