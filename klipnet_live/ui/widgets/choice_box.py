"""Base class of combo boxes whose entries depend on the recognised language."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from klipnet_live.ui.widgets.spacing import let_shrink


class ChoiceBox(QComboBox):
    """The first entry stands for the default, None.

    Subclasses fill it. The entries in `asks` open a dialog and become its result.
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
        """Show a value without emitting `chosen`. The entries are rebuilt for the language."""
        self.value, self.language = value, language
        self._rebuild()

    def choose(self, value: str | None) -> None:
        """Choose a value and emit `chosen`."""
        self.set_value(value, self.language)
        self.chosen.emit()

    def fill(self) -> None:
        """Add the entries and set the accessible name."""
        raise NotImplementedError

    def ask(self, entry: str) -> None:
        """Open the dialog of this entry and choose its result."""
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
        # On Linux the name of a combo box without a label is its value.
        self.setAccessibleDescription(self.accessibleName())
        self._select()

    def _select(self) -> None:
        self.setCurrentIndex(0 if self.value is None else self.findData(self.value))
