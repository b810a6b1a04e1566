"""Selects the hotkey grabber of the platform."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from klipnet_live.ui.hotkeys.base import Grabber, Pressed


def system_grabber(pressed: Pressed) -> Grabber | None:
    """The platform's grabber; None if programs cannot register hotkeys, as on Wayland."""
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
