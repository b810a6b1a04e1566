"""Starts the Qt application and its main window."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from klipnet_live.assets import ASSETS
from klipnet_live.capture import thumbnails
from klipnet_live.settings_file import default_path
from klipnet_live.ui.app.remote import RemoteControl
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.app.signals import EndSignals
from klipnet_live.ui.core.services import Services, StartChoice
from klipnet_live.ui.sources.catalogue import CatalogueReader, read_catalogue

_kept_alive: list[AppShell] = []

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


def run_app(choice: StartChoice, services: Services, settings_path: Path | None = None) -> int:
    """Show the window until it is closed; returns the exit status."""
    application = make_application()
    path = settings_path or default_path()
    shell = AppShell(application, path, services, CatalogueReader(read_catalogue, thumbnails))
    remote = RemoteControl(shell.commands, parent=shell)
    signals = EndSignals(lambda: _end(application, shell), shell)
    shell.open(choice)
    shell.recover_sessions()
    if not remote.listening:
        shell.warn_of_other_window()
    status = application.exec()
    # Keep a reference: destroying the shell would wait for its threads, which may be stuck.
    _kept_alive.append(shell)
    shell.finish()
    # When a signal ends the app, no dialog may wait for an answer.
    shell.report_late_problems(in_dialog=not signals.ended)
    return status


def _end(application: QApplication, shell: AppShell) -> None:
    """Close the window and quit, even if a modal dialog is open."""
    shell.window.close()
    application.quit()


def make_application() -> QApplication:
    """Create the Qt application, with Qt's own plugins and without animations."""
    forget_opencv_plugins()
    application = QApplication(["klipnet-live"])
    application.setApplicationName("klipnet-live")
    application.setApplicationDisplayName("KLipNet Live")
    application.setDesktopFileName("klipnet-live")
    application.setWindowIcon(QIcon(str(ASSETS / "icons" / "klipnet-live.svg")))
    application.setStyle("Fusion")
    for effect in _EFFECTS:
        application.setEffectEnabled(effect, False)
    return application


def forget_opencv_plugins() -> None:
    """Undo environment variables by which OpenCV's Linux wheel redirects Qt to its own plugins and fonts."""
    import cv2  # noqa: F401  (imported first, so that it cannot set them later)

    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        os.environ.pop(name, None)
