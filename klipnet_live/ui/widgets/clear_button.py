"""The button with which Qt lets a field be emptied."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget


def name_clear_button(field: QWidget, name: str) -> None:
    """Gives it a name for screen readers, which Qt does not."""
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name)
