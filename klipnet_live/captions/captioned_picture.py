"""Frames of a fixed size with the current captions painted in, for the virtual camera."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from klipnet_live.captions.on_screen import OnScreen, ShownCaption
from klipnet_live.types import Frame, Image


def letterbox(image: Image, width: int, height: int) -> Image:
    """Scale the image to fit, centred on black; a new array of shape (height, width, 3)."""
    scale = min(width / image.shape[1], height / image.shape[0])
    inner = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    canvas = np.zeros((height, width, 3), np.uint8)
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(image, inner, interpolation=interpolation)
    canvas[top : top + inner[1], left : left + inner[0]] = resized
    return canvas


class CaptionedPictures:
    """Turns the newest frame of a source into an image of the given size with captions painted in."""

    def __init__(
        self,
        newest: Callable[[], Frame | None],
        captions: OnScreen,
        paint: Callable[[Image, Sequence[ShownCaption]], None],
        size: tuple[int, int],
    ) -> None:
        self._newest = newest
        self._captions = captions
        self._paint = paint
        self._size = size

    def __call__(self) -> Image | None:
        """The next image, shape (height, width, 3); None if the source has no new frame."""
        frame = self._newest()
        if frame is None:
            return None
        # Paint after scaling, so that captions stay sharp and keep their size.
        picture = letterbox(frame.image, *self._size)
        self._paint(picture, self._captions.at(frame.time_s))
        return picture
