"""Starts the app: one Qt application, one main window."""

from __future__ import annotations

import logging
import os
import signal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from klipnet_live import settings
from klipnet_live.assets import ASSETS
from klipnet_live.ui.desktop import Desktop
from klipnet_live.ui.pipeline_port import PipelineFactory
from klipnet_live.ui.remote import RemoteControl
from klipnet_live.ui.sources.catalogue import CatalogueReader

_log = logging.getLogger(__name__)

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


def run_app(
    source: str | None,
    language: str | None,
    model: str | None,
    pipeline_factory: PipelineFactory,
    settings_path: Path | None = None,
) -> int:
    """Shows the window until it is closed; returns the exit status.

    What is None comes from the settings; a source that is given is read at once.
    """
    application = make_application()
    # Python sees Ctrl+C only when Qt gives it a turn, so the system's own handling is better here.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    path = settings_path or settings.default_path()
    desktop = Desktop(application, path, pipeline_factory, CatalogueReader())
    remote = RemoteControl(desktop.commands, parent=desktop)
    if not remote.listening:
        _log.info("another window takes the commands of `klipnet-live toggle`")
    desktop.open(source, language, model)
    status = application.exec()
    desktop.controller.finish()
    return status


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
