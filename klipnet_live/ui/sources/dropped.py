"""Files and folders dropped on the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

from klipnet_live.media.suffixes import is_video


def dropped_paths(data: QMimeData) -> list[str]:
    """Return the paths of the dropped videos and folders; other items are ignored."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [str(path) for path in paths if path.is_dir() or is_video(path)]


def videos_in(paths: Sequence[str]) -> list[Path]:
    """Return these videos and the videos directly in these folders, sorted by name within each folder."""
    found: list[Path] = []
    for path in map(Path, paths):
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [video for video in inside if video.is_file() and is_video(video)]
    return found
