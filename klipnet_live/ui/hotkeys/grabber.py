"""Taking keys from the whole desktop, where the system lets a program do so."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from klipnet_live.ui.hotkeys.base import Grabber, Pressed


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
