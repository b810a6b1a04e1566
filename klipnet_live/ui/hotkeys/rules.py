"""Rules for keys that may be used as global hotkeys."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

Refusal = Literal["no modifier", "needed elsewhere"]

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)

_RESERVED = {
    QKeySequence(text).toString()
    for text in (
        "F1", "F5", "F10", "F11", "Alt+Tab", "Alt+Shift+Tab", "Ctrl+Tab", "Ctrl+Shift+Tab", "Alt+F4",
        "Ctrl+F4", "Alt+Space", "Ctrl+Space", "Meta+Space", "Meta+L", "Meta+D", "Meta+Tab", "Ctrl+Alt+Del",
        "Ctrl+Esc", "Alt+Esc", "Ctrl+Backspace", "Ctrl+Del", "Ctrl+Return", "Alt+Return",
        *(f"Ctrl+{key}" for key in "ABCFNOPQRSTVWXYZ"),
        *(f"Ctrl+{key}" for key in ("Left", "Right", "Up", "Down", "Home", "End")),
        *(f"Alt+{key}" for key in ("Left", "Right", "Up", "Down")),
    )
}  # fmt: skip
"""Keys that desktops and nearly all programs use: to switch, close, copy, or move in a text."""


def refusal(keys: QKeyCombination) -> Refusal | None:
    """Why these keys cannot be a global hotkey; None if they can."""
    key, modifiers = keys.key(), keys.keyboardModifiers()
    is_function_key = Qt.Key.Key_F1.value <= key.value <= Qt.Key.Key_F35.value
    if not (modifiers & _MODIFIERS or is_function_key):
        # A global hotkey on a typing key would block it in all programs.
        return "no modifier"
    return "needed elsewhere" if QKeySequence(keys).toString() in _RESERVED else None
