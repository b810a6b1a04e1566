"""Keys that carry out a command in a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

Keys = Mapping[Qt.Key | QKeySequence.StandardKey, Callable[[], object]]


def carry_out(event: QKeyEvent, keys: Keys) -> bool:
    """Carries out the command of this key; false where it has none."""
    for key, command in keys.items():
        if event.matches(key) if isinstance(key, QKeySequence.StandardKey) else event.key() == key:
            command()
            return True
    return False
