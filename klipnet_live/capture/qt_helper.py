"""The helper process that captures with Qt Multimedia; see qt_capture."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtMultimedia import (
    QCapturableWindow,
    QMediaCaptureSession,
    QScreenCapture,
    QVideoFrame,
    QVideoSink,
    QWindowCapture,
)

from klipnet_live.capture.base import LIVE_FPS, STALL_S, Region
from klipnet_live.capture.qt_messages import (
    NO_FRAMES,
    CaptureFailure,
    Picture,
    ScreenTarget,
    Target,
    TargetListing,
    ThumbnailListing,
    WindowTarget,
)
from klipnet_live.capture.qt_pixels import WHOLE_FRAME, rgb
from klipnet_live.capture.qt_thumbnails import send_thumbnails
from klipnet_live.capture.x11_titles import title_of
from klipnet_live.latest import Latest
from klipnet_live.types import Box, translatable


class CaptureError(Exception):
    """Why there is no image, as a text that the window can translate."""


class ScreenRecorder:
    """Captures a window or a screen and keeps its newest frame. Create it on the main thread."""

    def __init__(self, target: WindowTarget | ScreenTarget) -> None:
        self._pictures = Latest[tuple[float, QVideoFrame]]()
        self._last: tuple[float, QVideoFrame] | None = None
        self._part = WHOLE_FRAME
        self._sink = QVideoSink()
        self._sink.videoFrameChanged.connect(self._arrived)
        self._session = QMediaCaptureSession()
        self._session.setVideoSink(self._sink)
        self._capture = self._window(target) if isinstance(target, WindowTarget) else self._screen(target)
        self._capture.errorOccurred.connect(self._failed)
        if hasattr(self._capture, "setMaximumFrameRate"):  # Qt 6.12
            self._capture.setMaximumFrameRate(LIVE_FPS)
        self._capture.start()

    def newest(self) -> tuple[float, QVideoFrame, Box]:
        """Capture time (time.monotonic()), the frame, and the part of it to use. Raises CaptureError.

        Some systems send a frame only when something changes; then the last frame is still up to date.
        """
        fresh = self._pictures.take(1.0 / LIVE_FPS if self._last else None)
        if fresh is not None:
            self._last = fresh
            return *fresh, self._part
        assert self._last is not None
        taken_s, picture = self._last
        now_s = time.monotonic()
        # On X11 Qt captures at fixed intervals: without a frame it hangs.
        if now_s - taken_s > STALL_S and QGuiApplication.platformName() == "xcb":
            raise CaptureError(NO_FRAMES)
        return now_s, picture, self._part

    def _window(self, target: WindowTarget) -> QWindowCapture:
        capture = QWindowCapture()
        capture.setWindow(_find_window(target.title))
        self._session.setWindowCapture(capture)
        return capture

    def _screen(self, target: ScreenTarget) -> QScreenCapture:
        screen, self._part = _find_screen(target.area)
        capture = QScreenCapture()
        capture.setScreen(screen)
        self._session.setScreenCapture(capture)
        return capture

    def _arrived(self, picture: QVideoFrame) -> None:
        if picture.isValid():
            self._pictures.put((time.monotonic(), picture))

    def _failed(self, _error: object, reason: str) -> None:
        self._pictures.fail(CaptureError(reason))


def serve(connection: Connection, target: Target) -> None:
    """Reply to requests on `connection` until the other end is closed."""
    # Ctrl+C in a terminal reaches this process too, but the parent process decides when to end it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _choose_platform()
    app = QGuiApplication(["klipnet-capture"])
    if isinstance(target, TargetListing):
        connection.send(_window_titles() if target.kind == "windows" else _screen_names())
        return
    if isinstance(target, ThumbnailListing):
        send_thumbnails(connection, target)
        return
    try:
        recorder = ScreenRecorder(target)
    except CaptureError as error:
        connection.recv()
        connection.send(CaptureFailure(str(error)))
        return
    threading.Thread(target=_answer, args=(connection, recorder, app), daemon=True).start()
    app.exec()


def _answer(connection: Connection, recorder: ScreenRecorder, app: QGuiApplication) -> None:
    try:
        while connection.recv():
            try:
                clock_s, picture, part = recorder.newest()
                image = rgb(picture, part)
            except (CaptureError, ValueError) as error:
                connection.send(CaptureFailure(str(error)))
                return
            connection.send(Picture(image.shape[1], image.shape[0], clock_s))
            connection.send_bytes(image.data.cast("B"))
    except (EOFError, OSError):
        return
    finally:
        app.quit()


def _choose_platform() -> None:
    """Make Qt use the real display, whatever platform the calling program uses."""
    # OpenCV sets this to the plugins of its own Qt.
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    if sys.platform != "linux":
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "wayland"
    else:
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        # Qt captures X11 windows only if the session type says x11.
        os.environ["XDG_SESSION_TYPE"] = "x11"


def _find_window(title: str) -> QCapturableWindow:
    windows = QWindowCapture.capturableWindows()
    folded = title.casefold()
    whole = [window for window in windows if _title(window).casefold() == folded]
    partly = [window for window in windows if folded in _title(window).casefold()]
    if not (whole or partly):
        raise CaptureError(translatable("no open window has this in its title"))
    return (whole or partly)[0]


def _find_screen(area: int | Region) -> tuple[QScreen, Box]:
    """The monitor, and the region as fractions of its size."""
    screens = QGuiApplication.screens()
    if isinstance(area, int):
        if area > len(screens):
            raise CaptureError(translatable("there are fewer monitors"))
        return screens[area - 1] if area else QGuiApplication.primaryScreen(), WHOLE_FRAME
    for screen in screens:
        place, ratio = screen.geometry(), screen.devicePixelRatio()
        # Qt gives a screen's position in physical pixels and its size in device-independent ones.
        width, height = place.width() * ratio, place.height() * ratio
        left, top = area.left - place.x(), area.top - place.y()
        right, bottom = left + area.width, top + area.height
        if left >= 0 and top >= 0 and right <= width and bottom <= height:
            return screen, Box(left / width, top / height, right / width, bottom / height)
    raise CaptureError(translatable("the region is not on one monitor"))


def _title(window: QCapturableWindow) -> str:
    return title_of(window.description())


def _window_titles() -> list[str]:
    titles = [_title(window) for window in QWindowCapture.capturableWindows()]
    return [title for title in dict.fromkeys(titles) if title]


def _screen_names() -> list[str]:
    return [
        f"{screen.name()}, {screen.geometry().width()}x{screen.geometry().height()}"
        for screen in QGuiApplication.screens()
    ]
