"""The combo box for phrase lists and grammars."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from klipnet_live.assets import ASSETS
from klipnet_live.types import Phrases
from klipnet_live.ui.widgets.choice_box import ChoiceBox
from klipnet_live.ui.widgets.plain import set_tool_tip

_ASK_ONLY, _ASK_PREFERRED = "pick:only", "pick:likely"
_KINDS = "*.txt *.jsgf *.gram"

_TRAINED = {"en": "grid.jsgf", "ko": "korean_seed.jsgf"}
"""Grammars of the corpora that the bundled models were trained on, by language."""


class GrammarPicker(ChoiceBox):
    """No limit, the trained sentences, or the user's own phrase list, as the only or as preferred phrases.

    Its value is a `Phrases` as text.
    """

    asks = (_ASK_ONLY, _ASK_PREFERRED)

    def ask(self, entry: str) -> None:
        lists, every = self.tr("Phrase lists"), self.tr("All files")
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a phrase list"), "", f"{lists} ({_KINDS});;{every} (*)"
        )
        if path:
            self.choose(str(Phrases(Path(path), only=entry == _ASK_ONLY)))

    def fill(self) -> None:
        self.setAccessibleName(self.tr("Phrases"))
        set_tool_tip(
            self,
            self.tr(
                "A text file with one phrase per line. Only these phrases are read, or they are preferred."
            ),
        )
        self.addItem(self.tr("No limit"), None)
        trained = ASSETS / "grammars" / _TRAINED[self.language]
        self.addItem(self.tr("Only the trained sentences"), str(trained))
        if self.value is not None and self.findData(self.value) < 0:
            self.addItem(self._title(Phrases.parse(self.value)), self.value)
        self.addItem(self.tr("Only the phrases of a list…"), _ASK_ONLY)
        self.addItem(self.tr("Prefer the phrases of a list…"), _ASK_PREFERRED)

    def _title(self, phrases: Phrases) -> str:
        text = self.tr("Only: {name}") if phrases.only else self.tr("Preferred: {name}")
        return text.format(name=phrases.path.name)
