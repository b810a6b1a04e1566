"""What is dragged onto the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from klipnet_live.ui.widgets.video_dialog import VIDEO_ENDINGS


def dropped_paths(data: QMimeData) -> list[str]:
    """Paths of the videos and folders in it; of other things, none."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [str(path) for path in paths if path.is_dir() or path.suffix.lower() in VIDEO_ENDINGS]
