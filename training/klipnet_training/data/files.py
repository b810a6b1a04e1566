"""Files of a dataset folder, links to other folders included: the seeds' layouts are made of such links."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

VIDEO_SUFFIXES = frozenset({".mpg", ".mpeg", ".mp4", ".avi", ".mov", ".mkv", ".webm"})


def files_below(folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """All files in the order of their names; a link back to a folder `above` leads nowhere."""
    real = folder.resolve()
    if real in above or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        every = sorted((entry.name, entry.is_dir()) for entry in entries)
    for name, is_folder in every:
        if is_folder:
            yield from files_below(folder / name, above | {real})
        else:
            yield folder / name


def is_video(path: Path) -> bool:
    """Whether a file's name says that it is a video."""
    return path.suffix.lower() in VIDEO_SUFFIXES
