"""Hints of empty lists, and accessible names of search fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QToolButton, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.plain import PlainLabel


class Hint(PlainLabel):
    """Muted text in the centre of a list."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(alignment=Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setProperty("role", "muted")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(view.viewport()).addWidget(self)


def name_clear_button(field: QWidget, name: str) -> None:
    """Set the accessible name of a line edit's clear button, which Qt leaves empty."""
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name)
