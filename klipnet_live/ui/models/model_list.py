"""The installed models and their vocabularies."""

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
    """Size of the model's vocabulary with examples; all words in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setProperty("role", "muted")
        self._words: Sequence[str] = ()

    def show_words(self, words: Sequence[str]) -> None:
        """Show a vocabulary; hidden for models without one."""
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
    """Three of the longer words, as single letters are poor examples."""
    mean = sum(map(len, words)) / max(len(words), 1)
    longer = [word for word in words if len(word) >= mean]
    spread = longer[len(longer) // (2 * _EXAMPLES) :: max(len(longer) // _EXAMPLES, 1)]
    return ", ".join(spread[:_EXAMPLES])


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model folder: display name, name or path to load it by, language, vocabulary and training speakers.

    `words` is empty for an open vocabulary; `people` is 0 if unknown.
    """

    name: str
    model: str
    language: str
    words: tuple[str, ...] = ()
    people: int = 0


def list_models() -> tuple[ModelChoice, ...]:
    """Models with a readable manifest; the graphs are checked when a model is loaded."""
    found = map(_choice, model_folders())
    return tuple(choice for choice in found if choice is not None)


def choice_of(model: str) -> ModelChoice | None:
    """A model by name or path; None if it is missing or damaged."""
    try:
        return _choice(find_model(model, None))
    except UserError:
        return None


def select_model(
    models: Sequence[ModelChoice], model: str | None, language: str | None
) -> ModelChoice | None:
    """The requested model, or the first one for the language."""
    if model is None:
        return next((choice for choice in models if choice.language == language), None)
    return next((choice for choice in models if choice.model == model), None) or choice_of(model)


def _choice(folder: Path) -> ModelChoice | None:
    manifest = manifest_of(folder)
    if manifest is None:
        return None
    # A name relative to the working directory would not be found from another directory.
    is_installed = folder.parent in (MODELS, user_models())
    model = folder.name if is_installed else str(folder.resolve())
    return ModelChoice(folder.name, model, manifest.spoken, manifest.words, manifest.speakers)
