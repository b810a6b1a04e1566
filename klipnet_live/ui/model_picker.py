"""The box in which a model is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from klipnet_live.manifest import load_manifest
from klipnet_live.types import UserError
from klipnet_live.ui.model_list import ModelChoice, chosen_among
from klipnet_live.ui.room import let_shrink

_ASK = "pick:folder"


class ModelPicker(QComboBox):
    """The language's own model, another one of the list, or a folder elsewhere."""

    model_chosen = Signal()
    problem = Signal(object)
    """A UserError: the folder that was chosen holds no model."""

    def __init__(self, models: Sequence[ModelChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._model: str | None = None
        self._language = "en"
        self.activated.connect(self._activated)
        let_shrink(self)
        self._rebuild()

    @property
    def asked_for(self) -> str | None:
        """A name or a folder; None for the language's own."""
        return self._model

    @property
    def choice(self) -> ModelChoice | None:
        """The model that will read; None where there is none."""
        return chosen_among(self._models, self._model, self._language)

    def set_model(self, model: str | None, language: str) -> None:
        """Shows a choice."""
        self._model, self._language = model, language
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def _activated(self, row: int) -> None:
        data = self.itemData(row)
        self._select()
        if data == _ASK:
            self._ask()
        elif data != self._model:
            self._choose(data)

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a model folder"))
        if not folder:
            return
        try:
            load_manifest(Path(folder))
        except UserError as error:
            self.problem.emit(error)
        else:
            self._choose(folder)

    def _choose(self, model: str | None) -> None:
        self.set_model(model, self._language)
        self.model_chosen.emit()

    def _rebuild(self) -> None:
        self.setAccessibleName(self.tr("Model"))
        self.clear()
        self.addItem(self.tr("Automatic"), None)
        for choice in self._models:
            if choice.language == self._language:
                self.addItem(choice.name, choice.model)
        if self._model is not None and self.findData(self._model) < 0:
            self.addItem(Path(self._model).name, self._model)
        self.addItem(self.tr("Choose a folder…"), _ASK)
        self._select()

    def _select(self) -> None:
        self.setCurrentIndex(0 if self._model is None else self.findData(self._model))
