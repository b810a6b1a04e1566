"""The models that there are, and what each can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from klipnet_live.assets import MODELS
from klipnet_live.models import find_model, manifest_of, model_folders, user_models
from klipnet_live.types import UserError
from klipnet_live.ui.widgets.plain import PlainLabel, set_tool_tip

_EXAMPLES = 3


class VocabularyLine(PlainLabel):
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

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        text = self.tr("Reads {count} words only, such as {examples}.")
        self.setText(text.format(count=len(self._words), examples=examples(self._words)))
        set_tool_tip(self, self.tr("All its words: {words}").format(words=", ".join(self._words)))


def examples(words: Sequence[str]) -> str:
    """Three of the longer words: the single letters of a spelling alphabet say little."""
    usual = sum(map(len, words)) / max(len(words), 1)
    longer = [word for word in words if len(word) >= usual]
    spread = longer[len(longer) // (2 * _EXAMPLES) :: max(len(longer) // _EXAMPLES, 1)]
    return ", ".join(spread[:_EXAMPLES])


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model folder: its name, how it is asked for, the language that it reads, all words that it knows, and
    how many people. No words: it writes any; no people: nobody said so."""

    name: str
    model: str
    language: str
    words: tuple[str, ...] = ()
    people: int = 0


def list_models() -> tuple[ModelChoice, ...]:
    """Models whose manifest can be read; the graphs themselves are checked when one is loaded."""
    found = map(_choice, model_folders())
    return tuple(choice for choice in found if choice is not None)


def choice_of(model: str) -> ModelChoice | None:
    """A model that is named or is elsewhere; None where there is none, or it is damaged."""
    try:
        return _choice(find_model(model, None))
    except UserError:
        return None


def chosen_among(
    models: Sequence[ModelChoice], model: str | None, language: str | None
) -> ModelChoice | None:
    """The model that reads: the one asked for, or the first one for the language."""
    if model is None:
        return next((choice for choice in models if choice.language == language), None)
    return next((choice for choice in models if choice.model == model), None) or choice_of(model)


def _choice(folder: Path) -> ModelChoice | None:
    manifest = manifest_of(folder)
    if manifest is None:
        return None
    # A name that is looked for from here would not be found from another folder at the next start.
    everywhere = folder.parent in (MODELS, user_models())
    model = folder.name if everywhere else str(folder.resolve())
    return ModelChoice(folder.name, model, manifest.spoken, manifest.words, manifest.speakers)
