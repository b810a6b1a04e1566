"""The settings page of global hotkeys."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from klipnet_live.settings import TOGGLE_WORDS
from klipnet_live.ui.preferences.form_page import FormPage

_DESKTOPS = ("xcb", "windows", "cocoa")
"""Qt platform names on which global hotkeys can be registered."""


class HotkeysPage(FormPage):
    """Fields for the global hotkeys, or the commands to bind where apps cannot register hotkeys."""

    part = "hotkeys"

    def build(self) -> None:
        if QGuiApplication.platformName() in _DESKTOPS:
            self._add_keys()
        else:
            self.add_note(
                lambda: self.tr(
                    "Apps cannot register global hotkeys on this desktop. Assign keys to these commands "
                    "in the keyboard settings of the desktop:"
                )
            )
            self.add_note(lambda: "\n".join(f"klipnet-live toggle {word}" for word in TOGGLE_WORDS))

    def _add_keys(self) -> None:
        self.add_keys("captions", lambda: self.tr("Start or stop captions"))
        self.add_keys("overlay", lambda: self.tr("Caption overlay"))
        self.add_keys("click_through", lambda: self.tr("Let clicks pass through the overlay"))
        self.add_keys("virtual_camera", lambda: self.tr("Virtual camera"))
        self.add_keys("typing", lambda: self.tr("Type lines into the focused window"))
        self.add_note(
            lambda: self.tr(
                "These keys work while another app has the focus, such as the meeting. That app "
                "no longer receives them."
            )
        )
