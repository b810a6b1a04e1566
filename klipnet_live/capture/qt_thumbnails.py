"""Takes one small picture of each window, in the helper process; see qt_capture."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtMultimedia import (
    QCapturableWindow,
    QMediaCaptureSession,
    QVideoFrame,
    QVideoSink,
    QWindowCapture,
)

from klipnet_live.capture.qt_messages import Thumbnail, ThumbnailListing
from klipnet_live.capture.qt_pixels import rgb
from klipnet_live.capture.shrinking import shrunk
from klipnet_live.capture.x11_titles import title_of
from klipnet_live.types import Image

_WINDOW_S = 0.5
"""Time limit for the picture of one window; a hidden or minimised one sends none."""

_ALL_S = 5.0
"""Time limit for the pictures of all windows."""


def send_thumbnails(connection: Connection, listing: ThumbnailListing) -> None:
    """Send a `Thumbnail` for each wanted window that can be captured, then None."""
    end_s = time.monotonic() + _ALL_S
    wanted = set(listing.titles)
    for window in QWindowCapture.capturableWindows():
        title = title_of(window.description())
        if title not in wanted or time.monotonic() > end_s:
            continue
        # Windows with the same title are one entry, which stands for the first of them.
        wanted.remove(title)
        image = _picture(window)
        if image is not None:
            connection.send(Thumbnail(title, shrunk(image, listing.width, listing.height)))
    connection.send(None)


def _picture(window: QCapturableWindow) -> Image | None:
    """The first frame of a window; None if there is none in time."""
    frames: list[QVideoFrame] = []
    loop = QEventLoop()

    def arrived(frame: QVideoFrame) -> None:
        if frame.isValid() and not frames:
            frames.append(frame)
            loop.quit()

    sink, session, capture = QVideoSink(), QMediaCaptureSession(), QWindowCapture()
    sink.videoFrameChanged.connect(arrived)
    capture.errorOccurred.connect(loop.quit)
    session.setVideoSink(sink)
    session.setWindowCapture(capture)
    capture.setWindow(window)
    QTimer.singleShot(round(_WINDOW_S * 1000), loop.quit)
    QTimer.singleShot(0, capture.start)
    loop.exec()
    capture.stop()
    try:
        return rgb(frames[0]) if frames else None
    except ValueError:
        return None
