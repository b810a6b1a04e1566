"""Finding and operating widgets as a user does."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget


def choose_row(box: QComboBox, row: int) -> None:
    box.setCurrentIndex(row)
    box.activated.emit(row)


def choose_data(box: QWidget | None, value: object) -> None:
    assert isinstance(box, QComboBox)
    choose_row(box, box.findData(value))


def choose_text(box: QComboBox, text: str) -> None:
    choose_row(box, box.findText(text))


def find_named(window: QWidget, name: str) -> QWidget:
    """The first child with this accessible name."""
    return next(child for child in window.findChildren(QWidget) if child.accessibleName() == name)
