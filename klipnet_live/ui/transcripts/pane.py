"""A list with a row of buttons, and keyboard commands for lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.flow_row import FlowRow

Keys = Mapping[Qt.Key | QKeySequence.StandardKey, Callable[[], object]]


def execute_command(event: QKeyEvent, keys: Keys) -> bool:
    """Run the command bound to a key. Returns False if there is none."""
    for key, command in keys.items():
        if event.matches(key) if isinstance(key, QKeySequence.StandardKey) else event.key() == key:
            command()
            return True
    return False


ButtonSpec = tuple[Callable[[], str], Callable[[], object]]
"""A function that returns the translated text, and the click handler."""


_MIN_LINES = 7
"""Minimum height of the list in line heights: its header and three rows."""


class Pane(QWidget):
    """A list with buttons below it."""

    def __init__(self, content: QWidget, *buttons: ButtonSpec, always: int = 0) -> None:
        """`always`: number of trailing buttons that are never disabled."""
        super().__init__()
        self._content, self._always = content, always
        self._texts = [text for text, _ in buttons]
        self.buttons = [QPushButton(autoDefault=False) for _ in buttons]
        self._row = FlowRow()
        for button, (_, work) in zip(self.buttons, buttons, strict=True):
            button.clicked.connect(lambda _checked=False, work=work: work())
            self._row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content, stretch=1)
        layout.addLayout(self._row)
        self._retranslate()
        self._set_height()

    def set_usable(self, usable: bool) -> None:
        """Enable or disable the buttons."""
        for button in self.buttons[: len(self.buttons) - self._always]:
            button.setEnabled(usable)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._set_height()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_height()

    def _set_height(self) -> None:
        least = _MIN_LINES * self.fontMetrics().height()
        self._content.setMinimumHeight(least)
        # A splitter does not know that narrow buttons take several rows.
        self.setMinimumHeight(least + self._row.spacing() + self._row.heightForWidth(self.width()))

    def _retranslate(self) -> None:
        for button, text in zip(self.buttons, self._texts, strict=True):
            button.setText(text())
