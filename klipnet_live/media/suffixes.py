"""File name suffixes of videos."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_NAMES: Final = """
    3g2 3gp asf avi dv flv h264 hevc m2ts m4v mkv mov mp4 mpeg mpg mts mxf ogv rm ts vob webm wmv
"""

VIDEO_SUFFIXES: Final = tuple(f".{name}" for name in _NAMES.split())


def is_video(path: Path) -> bool:
    """Whether a file has the suffix of a video, in any case."""
    return path.suffix.lower() in VIDEO_SUFFIXES
