"""Parts of the rows of a settings page."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget


def with_button(field: QWidget, button: QPushButton) -> QWidget:
    """Return a widget with the field and a button beside it."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(field, stretch=1)
    layout.addWidget(button)
    return row


def number_field(minimum: int, maximum: int, step: int, suffix: str) -> QSpinBox:
    """Create a spin box that emits its value when editing is finished."""
    field = QSpinBox()
    field.setRange(minimum, maximum)
    field.setSingleStep(step)
    field.setSuffix(suffix)
    field.setKeyboardTracking(False)
    # The style sheet's padding has no effect on the text of a spin box.
    field.lineEdit().setTextMargins(8, 0, 0, 0)
    policy = field.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Fixed)
    field.setSizePolicy(policy)
    return field


def set_silently(field: QSpinBox, number: int) -> None:
    with QSignalBlocker(field):
        field.setValue(number)
