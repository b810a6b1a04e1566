"""Composes a meeting gallery from recordings of single speakers.

`python -m benchmarks.gallery OUT.mp4 RECORDING... --size 1280x720 --columns 3 --speaking 3`
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import cv2
import numpy as np

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.types import Image

FPS = 25
BACKGROUND = 24


def gallery(tiles: Sequence[Image], columns: int, width: int, height: int) -> Image:
    """Tile images in a grid, row by row; each keeps its aspect ratio on a dark background."""
    rows = -(-len(tiles) // columns)
    canvas = np.full((height, width, 3), BACKGROUND, np.uint8)
    tile_width, tile_height = width // columns, height // rows
    for place, tile in enumerate(tiles):
        scale = min(tile_width / tile.shape[1], tile_height / tile.shape[0])
        fitted = cv2.resize(tile, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        left = place % columns * tile_width + (tile_width - fitted.shape[1]) // 2
        top = place // columns * tile_height + (tile_height - fitted.shape[0]) // 2
        canvas[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    return canvas


def meeting(recordings: Sequence[Sequence[Image]], speaking: int, pause_frames: int) -> Iterator[list[Image]]:
    """The tiles of each frame: `speaking` people speak at once, the others are frozen."""
    for first in range(0, len(recordings), speaking):
        group = range(first, min(first + speaking, len(recordings)))
        for frame in range(max(len(recordings[who]) for who in group) + pause_frames):
            yield [
                clip[min(frame, len(clip) - 1)] if who in group else clip[-1 if who < first else 0]
                for who, clip in enumerate(recordings)
            ]


def write(path: Path, images: Iterator[Image], width: int, height: int) -> None:
    """Write an H.264 file."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "16", "preset": "fast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for image in images:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("out", type=Path)
    parser.add_argument("recordings", type=Path, nargs="+")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--columns", type=int, default=3)
    parser.add_argument("--speaking", type=int, default=3, help="number of people who speak at once")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two groups of speakers")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    clips = [[frame.image for frame in VideoFile(path, "fast").frames()] for path in options.recordings]
    tiles = meeting(clips, options.speaking, round(options.pause * FPS))
    write(options.out, (gallery(each, options.columns, width, height) for each in tiles), width, height)


if __name__ == "__main__":
    main()
