"""A list with the buttons and keys that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.flow_row import FlowRow

Keys = Mapping[Qt.Key | QKeySequence.StandardKey, Callable[[], object]]


def carry_out(event: QKeyEvent, keys: Keys) -> bool:
    """Carries out the command of this key; false where it has none."""
    for key, command in keys.items():
        if event.matches(key) if isinstance(key, QKeySequence.StandardKey) else event.key() == key:
            command()
            return True
    return False


ButtonSpec = tuple[Callable[[], str], Callable[[], object]]
"""The text, asked for again when the language changes, and what a click does."""


class Pane(QWidget):
    """The buttons stand below the list, in the order in which they are given."""

    def __init__(self, content: QWidget, *buttons: ButtonSpec, always: int = 0) -> None:
        """`always`: how many of the last buttons can be used whatever the list holds."""
        super().__init__()
        self._always = always
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
        for button in self.buttons[: len(self.buttons) - self._always]:
            button.setEnabled(usable)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for button, text in zip(self.buttons, self._texts, strict=True):
            button.setText(text())
