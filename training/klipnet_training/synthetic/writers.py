"""Writes rendered clips: videos, mouth crops and their ground truth."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import av
import numpy as np

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import FPS, GreyImage, Image


def write_video(path: Path, images: Iterable[Image], size: tuple[int, int], quality: int = 23) -> None:
    """Write an H.264 file at 25 fps; `size` is (width, height), both even; `quality` is x264's CRF."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=round(FPS))
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        # One thread, because x264's output depends on the number of threads.
        stream.options = {"crf": str(quality), "preset": "slow", "threads": "1"}
        for image in images:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())


def write_crops(path: Path, crops: GreyImage) -> None:
    """Write mouth crops (frames, 50, 100) as `crops` of an .npz file."""
    file = io.BytesIO()
    np.savez_compressed(file, crops=crops)
    write_atomically(path, file.getbuffer(), durable=False)


def write_json(path: Path, value: dict[str, Any]) -> None:
    write_atomically(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())
