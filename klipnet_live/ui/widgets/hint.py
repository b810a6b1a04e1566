"""What lists and fields say about themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QToolButton, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.plain import PlainLabel


class Hint(PlainLabel):
    """A calm text in the middle of the list."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(alignment=Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setProperty("role", "muted")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(view.viewport()).addWidget(self)


def name_clear_button(field: QWidget, name: str) -> None:
    """Gives it a name for screen readers, which Qt does not."""
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name)
