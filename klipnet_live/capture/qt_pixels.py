"""Converts Qt Multimedia frames to RGB arrays."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from klipnet_live.types import Box, Image, translatable

_Format = QVideoFrameFormat.PixelFormat
_TO_RGB = {
    _Format.Format_BGRX8888: cv2.COLOR_BGRA2RGB,
    _Format.Format_BGRA8888: cv2.COLOR_BGRA2RGB,
    _Format.Format_BGRA8888_Premultiplied: cv2.COLOR_BGRA2RGB,
    _Format.Format_RGBX8888: cv2.COLOR_RGBA2RGB,
    _Format.Format_RGBA8888: cv2.COLOR_RGBA2RGB,
}

WHOLE_FRAME = Box(0.0, 0.0, 1.0, 1.0)


def rgb(frame: QVideoFrame, part: Box = WHOLE_FRAME) -> Image:
    """RGB image of a part of the frame; `part` is in fractions of its width and height.

    ValueError if the frame's memory cannot be read.
    """
    conversion = _TO_RGB.get(frame.pixelFormat())
    if conversion is None or not frame.map(QVideoFrame.MapMode.ReadOnly):
        return np.ascontiguousarray(_cut(_by_image(frame.toImage()), part))
    try:
        pixels = _rows(frame.bits(0), frame.bytesPerLine(0), frame.width(), frame.height(), 4)
        return np.asarray(cv2.cvtColor(_cut(pixels, part), conversion), dtype=np.uint8)
    finally:
        frame.unmap()


def _by_image(image: QImage) -> Image:
    if image.isNull():
        raise ValueError(translatable("the picture cannot be read"))
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    return _rows(image.constBits(), image.bytesPerLine(), image.width(), image.height(), 3).copy()


def _rows(
    memory: bytes | bytearray | memoryview, stride: int, width: int, height: int, channels: int
) -> Image:
    """The image in memory with padded rows as (height, width, channels), a view if possible."""
    rows = np.frombuffer(memory, dtype=np.uint8)[: stride * height].reshape(height, stride)
    return rows[:, : width * channels].reshape(height, width, channels)


def _cut(picture: Image, part: Box) -> Image:
    height, width = picture.shape[:2]
    rows = slice(round(part.top * height), round(part.bottom * height))
    return picture[rows, round(part.left * width) : round(part.right * width)]
