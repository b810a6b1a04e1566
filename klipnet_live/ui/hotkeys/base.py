"""The interface of platform-specific hotkey grabbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QKeyCombination

Pressed = Callable[[QKeyCombination], object]


class Grabber(Protocol):
    """Registers global hotkeys. It is created with a callback, which is called on the GUI thread."""

    def grab(self, keys: QKeyCombination) -> bool:
        """Register a hotkey; returns False if another program has it or the keyboard lacks it."""
        ...

    def release(self) -> None:
        """Unregister all hotkeys."""
        ...
