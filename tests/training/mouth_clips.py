"""Videos and picture folders of mouths, and the worker that prepares them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from klipnet_training.data.recordings import NamedRecording, Recording, Span
from klipnet_training.data.window import Window
from klipnet_training.data.worker import CropSettings, Worker
from numpy.typing import NDArray

from klipnet_live.types import Image

Images = NDArray[np.uint8]


def write_video(path: Path, images: Sequence[Image], fps: int = 25) -> Path:
    """Write a lossless video."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=fps)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = "bgr0"
        for index, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def grey(width: int, height: int, value: int, count: int) -> list[Image]:
    return [np.full((height, width, 3), value, np.uint8) for _ in range(count)]


def shades(count: int, step: int) -> list[Image]:
    """Mouth images, each brighter by `step` than the one before."""
    return [image for index in range(count) for image in grey(100, 50, index * step, 1)]


def framed_image(width: int = 100, height: int = 50) -> Image:
    """Black, with a white window of 54x27 pixels in the middle."""
    image = np.zeros((height, width, 3), np.uint8)
    left, top = (width - 54) // 2, (height - 27 + 1) // 2
    image[top : top + 27, left : left + 54] = 255
    return image


def write_images(folder: Path, images: Iterable[Image]) -> Path:
    folder.mkdir(parents=True)
    for index, image in enumerate(images):
        cv2.imwrite(str(folder / f"mouth_{index:03}.png"), image[..., ::-1])
    return folder


def worker(tmp_path: Path, window: Window | None = None) -> Worker:
    (tmp_path / "out/crops").mkdir(parents=True, exist_ok=True)
    return Worker(CropSettings(tmp_path / "out", window or Window()))


def entry(source: Path, span: Span | None = None) -> NamedRecording:
    return NamedRecording(source.stem, Recording(source, "s1", "x", span=span))


def crops_of(tmp_path: Path, name: str) -> Images:
    with np.load(tmp_path / f"out/crops/{name}.npz") as file:
        crops: Images = file["crops"]
    return crops
