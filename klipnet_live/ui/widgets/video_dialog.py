"""A dialog that asks for a video file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from klipnet_live.media.suffixes import VIDEO_SUFFIXES


def ask_for_video(parent: QWidget) -> str:
    """Return the path of the chosen file, or "" if the user cancels."""
    translate = QCoreApplication.translate
    videos, every = translate("VideoDialog", "Videos"), translate("VideoDialog", "All files")
    types = " ".join(f"*{suffix}" for suffix in VIDEO_SUFFIXES)
    kinds = f"{videos} ({types});;{every} (*)"
    return QFileDialog.getOpenFileName(parent, translate("VideoDialog", "Open video"), "", kinds)[0]
