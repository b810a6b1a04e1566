"""Starts the app: one Qt application, one main window."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from klipnet_live import settings
from klipnet_live.assets import ASSETS
from klipnet_live.ui.app.remote import RemoteControl
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.app.signals import EndSignals
from klipnet_live.ui.core.services import Services, StartChoice
from klipnet_live.ui.sources.catalogue import CatalogueReader

_kept: list[AppShell] = []

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


def run_app(choice: StartChoice, services: Services, settings_path: Path | None = None) -> int:
    """Shows the window until it is closed; returns the exit status."""
    application = make_application()
    path = settings_path or settings.default_path()
    desktop = AppShell(application, path, services, CatalogueReader())
    remote = RemoteControl(desktop.commands, parent=desktop)
    signals = EndSignals(lambda: _end(application, desktop), desktop)
    desktop.open(choice)
    desktop.offer_recovered()
    if not remote.listening:
        desktop.tell_of_other_window()
    status = application.exec()
    # Kept until the program ends: what runs in it may be stuck, and its end would wait for that.
    _kept.append(desktop)
    desktop.finish()
    # Whoever ends a session or a service waits for no answer.
    desktop.tell_late(in_a_box=not signals.ended)
    return status


def _end(application: QApplication, desktop: AppShell) -> None:
    """As if the user had closed the window; a dialog that waits for an answer is left."""
    desktop.window.close()
    application.quit()


def make_application() -> QApplication:
    """The Qt application, on Qt's own plugins, with nothing that moves by itself."""
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
    """OpenCV's wheel points Qt at plugins and fonts of its own when it is imported on Linux."""
    import cv2  # noqa: F401  (imported here, so that it cannot set them again later)

    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        os.environ.pop(name, None)
