"""Text from outside, shown as it is: titles, names and captions are never HTML, which could load things.

The only file that knows Qt's labels and boxes, which take a text that looks like HTML for HTML.
"""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox, QWidget

_PLAIN = Qt.TextFormat.PlainText


class PlainLabel(QLabel):
    """A label that takes the properties of QLabel by name."""

    def __init__(self, parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, textFormat=_PLAIN, **properties)


def message_box(parent: QWidget | None, title: str, text: str, icon: QMessageBox.Icon) -> QMessageBox:
    """A box without buttons, which is not shown yet."""
    box = QMessageBox(parent)
    box.setTextFormat(_PLAIN)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setText(text)
    return box


def agrees(parent: QWidget, title: str, question: str) -> bool:
    """Whether the user answers yes; Enter alone means no."""
    box = message_box(parent, title, question, QMessageBox.Icon.Question)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.setDefaultButton(QMessageBox.StandardButton.No)
    answer = box.exec()
    box.deleteLater()
    return answer == QMessageBox.StandardButton.Yes


def ask_text(parent: QWidget, title: str, label: str, text: str) -> str | None:
    """What the user writes, beginning with `text`; None where they do not want to."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    # The dialog makes its label when it is given a text.
    dialog.setLabelText(" ")
    for part in dialog.findChildren(QLabel):
        part.setTextFormat(_PLAIN)
    dialog.setLabelText(label)
    dialog.setTextValue(text)
    accepted = dialog.exec()
    dialog.deleteLater()
    return dialog.textValue() if accepted else None


def set_tool_tip(widget: QWidget, text: str) -> None:
    """A tool tip that breaks long lines, and where the text does, whatever its text holds."""
    shown = html.escape(text).replace("\n", "<br>")
    widget.setToolTip(f"<span>{shown}</span>" if text else "")
