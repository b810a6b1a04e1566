"""A box in which one of some things is chosen, or asked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from klipnet_live.ui.widgets.spacing import let_shrink


class ChoiceBox(QComboBox):
    """What there is depends on the language that is read. The first entry stands for no choice, None.

    Subclasses fill it; the entries of `asks` ask first, and become what was found.
    """

    asks: tuple[str, ...] = ()

    chosen = Signal()
    """The user chose another value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value: str | None = None
        self.language = "en"
        self.activated.connect(self._activated)
        let_shrink(self)
        self._rebuild()

    def set_value(self, value: str | None, language: str) -> None:
        """Shows a choice without announcing it; one of one language is not offered for another."""
        self.value, self.language = value, language
        self._rebuild()

    def choose(self, value: str | None) -> None:
        """As the user does."""
        self.set_value(value, self.language)
        self.chosen.emit()

    def fill(self) -> None:
        """Adds the entries, and names the box."""
        raise NotImplementedError

    def ask(self, entry: str) -> None:
        """Asks the user for what this entry stands for, and chooses it."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def _activated(self, row: int) -> None:
        data = self.itemData(row)
        self._select()
        if data in self.asks:
            self.ask(data)
        elif data != self.value:
            self.choose(data)

    def _rebuild(self) -> None:
        self.clear()
        self.fill()
        self._select()

    def _select(self) -> None:
        self.setCurrentIndex(0 if self.value is None else self.findData(self.value))
