"""Plain-text labels and message boxes for text from outside, such as window titles, names and captions.

Qt's labels interpret text that looks like HTML, which could load resources, so only this file uses them.
"""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox, QWidget

_PLAIN = Qt.TextFormat.PlainText


class PlainLabel(QLabel):
    """A QLabel that never interprets HTML. Properties are passed by name."""

    def __init__(self, parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, textFormat=_PLAIN, **properties)


def message_box(parent: QWidget | None, title: str, text: str, icon: QMessageBox.Icon) -> QMessageBox:
    """Create a message box without buttons. It is not shown."""
    box = QMessageBox(parent)
    box.setTextFormat(_PLAIN)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setText(text)
    return box


def agrees(parent: QWidget, title: str, question: str) -> bool:
    """Ask a yes/no question; the default button is No."""
    box = message_box(parent, title, question, QMessageBox.Icon.Question)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.setDefaultButton(QMessageBox.StandardButton.No)
    answer = box.exec()
    box.deleteLater()
    return answer == QMessageBox.StandardButton.Yes


def ask_text(parent: QWidget, title: str, label: str, text: str) -> str | None:
    """Ask for a text, starting with `text`. Returns None if the user cancels."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    # The dialog creates its label only when it gets a text.
    dialog.setLabelText(" ")
    for part in dialog.findChildren(QLabel):
        part.setTextFormat(_PLAIN)
    dialog.setLabelText(label)
    dialog.setTextValue(text)
    accepted = dialog.exec()
    dialog.deleteLater()
    return dialog.textValue() if accepted else None


def set_tool_tip(widget: QWidget, text: str) -> None:
    """Set a tool tip that wraps long lines and keeps line breaks. HTML in the text is escaped.

    Screen readers get the text without the markup.
    """
    shown = html.escape(text).replace("\n", "<br>")
    widget.setToolTip(f"<span>{shown}</span>" if text else "")
    widget.setAccessibleDescription(text)
