"""How long a recording is, as its container says."""

from __future__ import annotations

from pathlib import Path

import av

from klipnet_live.capture.video_file import ONLY_FILES, as_url


def length_s(path: Path) -> float | None:
    """Seconds; None where the container does not say or the file cannot be read."""
    try:
        with av.open(as_url(path), options=ONLY_FILES) as container:
            return container.duration / av.time_base if container.duration else None
    except (av.FFmpegError, OSError):
        return None
