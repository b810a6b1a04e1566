"""Lossless video files made on the fly, so that tests can check exact pixels and times."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def quadrants(width: int = 96, height: int = 64) -> NDArray[np.uint8]:
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = np.zeros((height, width, 3), dtype=np.uint8)
    image[: height // 2, : width // 2] = RED
    image[: height // 2, width // 2 :] = GREEN
    image[height // 2 :, : width // 2] = BLUE
    image[height // 2 :, width // 2 :] = WHITE
    return image


def write_video(
    path: Path,
    pictures: Sequence[NDArray[np.uint8]],
    times_ms: Sequence[int] | None = None,
    *,
    codec: str = "ffv1",
    pixels: str = "bgr0",
    rotation: int = 0,
    aspect: Fraction = Fraction(1),
    broken: Sequence[int] = (),
    options: dict[str, str] | None = None,
) -> Path:
    """One packet per frame; the `broken` ones contain noise. `options`: of the container."""
    times_ms = times_ms or [40 * index for index in range(len(pictures))]
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream(codec, rate=25)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = pixels
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.codec_context.sample_aspect_ratio = aspect
        if rotation:
            stream.set_display_rotation(rotation)
        for number, (picture, time_ms) in enumerate(zip(pictures, times_ms, strict=True)):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = time_ms, Fraction(1, 1000)
            for packet in stream.encode(frame):
                container.mux(_noise(packet) if number in broken else packet)
        container.mux(stream.encode())
    return path


def _noise(packet: av.Packet) -> av.Packet:
    noise = av.Packet(bytes(range(7, 107)))
    noise.pts, noise.dts, noise.time_base, noise.stream = (
        packet.pts,
        packet.dts,
        packet.time_base,
        packet.stream,
    )
    return noise
