"""Asking for a video file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

_VIDEO_TYPES = "*.mp4 *.mkv *.mov *.webm *.avi *.m4v *.mpg"


def ask_for_video(parent: QWidget) -> str:
    """The path of the chosen file, or an empty text."""
    translate = QCoreApplication.translate
    videos, every = translate("VideoDialog", "Videos"), translate("VideoDialog", "All files")
    kinds = f"{videos} ({_VIDEO_TYPES});;{every} (*)"
    return QFileDialog.getOpenFileName(parent, translate("VideoDialog", "Open video"), "", kinds)[0]
