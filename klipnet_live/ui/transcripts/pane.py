"""A list with the buttons that belong to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.flow_row import FlowRow

ButtonSpec = tuple[Callable[[], str], Callable[[], object]]
"""The text, asked for again when the language changes, and what a click does."""


class Pane(QWidget):
    """The buttons stand below the list, in the order in which they are given."""

    def __init__(self, content: QWidget, *buttons: ButtonSpec) -> None:
        super().__init__()
        self._texts = [text for text, _ in buttons]
        self.buttons = [QPushButton(autoDefault=False) for _ in buttons]
        row = FlowRow()
        for button, (_, work) in zip(self.buttons, buttons, strict=True):
            button.clicked.connect(lambda _checked=False, work=work: work())
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content, stretch=1)
        layout.addLayout(row)
        self._retranslate()

    def set_usable(self, usable: bool) -> None:
        """Whether there is something for the buttons to work on."""
        for button in self.buttons:
            button.setEnabled(usable)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for button, text in zip(self.buttons, self._texts, strict=True):
            button.setText(text())
