"""What a model can read, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

_EXAMPLES = 3


class VocabularyLine(QLabel):
    """How many words the model knows, and some of them; all of them in its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setProperty("role", "muted")
        self._words: Sequence[str] = ()

    def show_words(self, words: Sequence[str]) -> None:
        """A model without a list of words says nothing of them."""
        self._words = words
        self.setVisible(bool(words))
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        text = self.tr("Reads {count} words only, such as {examples}.")
        self.setText(text.format(count=len(self._words), examples=examples(self._words)))
        self.setToolTip(self.tr("All its words: {words}").format(words=", ".join(self._words)))


def examples(words: Sequence[str]) -> str:
    """Three of the longer words: the single letters of a spelling alphabet say little."""
    usual = sum(map(len, words)) / max(len(words), 1)
    longer = [word for word in words if len(word) >= usual]
    spread = longer[len(longer) // (2 * _EXAMPLES) :: max(len(longer) // _EXAMPLES, 1)]
    return ", ".join(spread[:_EXAMPLES])
