"""The combo box for models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from klipnet_live.manifest import load_manifest
from klipnet_live.types import UserError
from klipnet_live.ui.models.model_list import ModelChoice, select_model
from klipnet_live.ui.widgets.choice_box import ChoiceBox

_ASK = "pick:folder"


class ModelPicker(ChoiceBox):
    """The language's default model, another installed one, or a folder; its value is a name or a path."""

    asks = (_ASK,)

    problem = Signal(object)
    """A UserError: the selected folder is not a model."""

    def __init__(self, models: Sequence[ModelChoice], parent: QWidget | None = None) -> None:
        self._models = models
        super().__init__(parent)

    @property
    def choice(self) -> ModelChoice | None:
        """The model in effect; None if there is none."""
        return select_model(self._models, self.value, self.language)

    def ask(self, entry: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a model folder"))
        if not folder:
            return
        try:
            load_manifest(Path(folder))
        except UserError as error:
            self.problem.emit(error)
        else:
            self.choose(folder)

    def fill(self) -> None:
        self.setAccessibleName(self.tr("Model"))
        self.addItem(self.tr("Automatic"), None)
        for choice in self._models:
            if choice.language == self.language:
                self.addItem(choice.name, choice.model)
        if self.value is not None and self.findData(self.value) < 0:
            self.addItem(Path(self.value).name, self.value)
        self.addItem(self.tr("Choose a folder…"), _ASK)
