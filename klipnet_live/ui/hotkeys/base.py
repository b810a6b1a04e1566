"""What takes keys from the whole desktop, whatever the system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QKeyCombination

Pressed = Callable[[QKeyCombination], object]


class Grabber(Protocol):
    """Holds keys. It is made with a function that is called, on the GUI thread, at each press."""

    def grab(self, keys: QKeyCombination) -> bool:
        """False where another program has these keys, or the keyboard lacks them."""
        ...

    def release(self) -> None:
        """Gives all keys back."""
        ...
