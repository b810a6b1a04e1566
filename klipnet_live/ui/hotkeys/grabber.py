"""Taking keys from the whole desktop, where the system lets a program do so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QGuiApplication

Pressed = Callable[[QKeyCombination], object]


class Grabber(Protocol):
    """Holds keys. It is made with a function that is called, on the GUI thread, at each press."""

    def grab(self, keys: QKeyCombination) -> bool:
        """False where another program has these keys, or the keyboard lacks them."""
        ...

    def release(self) -> None:
        """Gives all keys back."""
        ...


def system_grabber(pressed: Pressed) -> Grabber | None:
    """None where the desktop lets no program take keys, as on Wayland."""
    platform = QGuiApplication.platformName()
    if platform == "xcb":
        from klipnet_live.ui.hotkeys.x11 import X11Grabber

        return X11Grabber(pressed)
    if platform == "windows":
        from klipnet_live.ui.hotkeys.windows import WindowsGrabber

        return WindowsGrabber(pressed)
    if platform == "cocoa":
        from klipnet_live.ui.hotkeys.macos import MacGrabber

        return MacGrabber(pressed)
    return None
