"""A dialog that asks for a video file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

VIDEO_ENDINGS = (".mp4", ".mkv", ".mov", ".webm", ".avi", ".m4v", ".mpg")


def ask_for_video(parent: QWidget) -> str:
    """Return the path of the chosen file, or "" if the user cancels."""
    translate = QCoreApplication.translate
    videos, every = translate("VideoDialog", "Videos"), translate("VideoDialog", "All files")
    types = " ".join(f"*{ending}" for ending in VIDEO_ENDINGS)
    kinds = f"{videos} ({types});;{every} (*)"
    return QFileDialog.getOpenFileName(parent, translate("VideoDialog", "Open video"), "", kinds)[0]
