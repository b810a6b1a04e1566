"""The About box."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from klipnet_live import __version__
from tests.ui.conftest import Open


def test_about_shows_version_and_licence(open_desktop: Open) -> None:
    desktop = open_desktop("talk.mp4")
    desktop.actions.about.trigger()
    (box,) = desktop.window.findChildren(QMessageBox)
    assert f"KLipNet Live {__version__}" in box.text()
    assert "GPL-2.0-or-later" in box.text()
    box.close()
