"""Keys that work in every program."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from klipnet_live.settings import TOGGLE_WORDS
from klipnet_live.ui.preferences.form_page import FormPage

_DESKTOPS = ("xcb", "windows", "cocoa")
"""Qt's names of the window systems that let a program take keys."""


class HotkeysPage(FormPage):
    """Keys for what is switched during a meeting; where no program can take keys, what to do instead."""

    part = "hotkeys"

    def build(self) -> None:
        if QGuiApplication.platformName() in _DESKTOPS:
            self._add_keys()
        else:
            self.add_note(
                lambda: self.tr(
                    "This desktop lets no program take keys for itself. Choose keys in the keyboard "
                    "settings of the desktop, and have them run these commands:"
                )
            )
            self.add_note(lambda: "\n".join(f"klipnet-live toggle {word}" for word in TOGGLE_WORDS))

    def _add_keys(self) -> None:
        self.add_keys("captions", lambda: self.tr("Start and stop the captions"))
        self.add_keys("overlay", lambda: self.tr("Caption overlay"))
        self.add_keys("click_through", lambda: self.tr("Clicks go through the overlay"))
        self.add_keys("virtual_camera", lambda: self.tr("Virtual camera"))
        self.add_keys("typing", lambda: self.tr("Type lines into other windows"))
        self.add_note(
            lambda: self.tr(
                "These keys work while another program, such as the meeting, has the keyboard; that program "
                "no longer gets them."
            )
        )
