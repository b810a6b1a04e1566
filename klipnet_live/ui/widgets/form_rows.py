"""ResponsiveSplitter of the rows of a settings page."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget


def with_button(field: QWidget, button: QPushButton) -> QWidget:
    """The field with a button beside it."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(field, stretch=1)
    layout.addWidget(button)
    return row


def number_field(least: int, most: int, step: int, suffix: str) -> QSpinBox:
    """A field for a whole number, which tells of it once it is written."""
    field = QSpinBox()
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setSuffix(suffix)
    field.setKeyboardTracking(False)
    # The style sheet's padding does not reach the text of a spin box.
    field.lineEdit().setTextMargins(8, 0, 0, 0)
    policy = field.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Fixed)
    field.setSizePolicy(policy)
    return field


def set_silently(field: QSpinBox, number: int) -> None:
    with QSignalBlocker(field):
        field.setValue(number)
