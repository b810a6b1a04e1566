"""Cameras, read with OpenCV."""

from __future__ import annotations

import math
import os
import platform
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

# Otherwise OpenCV takes many seconds to open a camera with Media Foundation on Windows.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

import cv2
import cv2_enumerate_cameras
import numpy as np

from klipnet_live.capture.base import STALL_S, START_S, BaseSource, Shot
from klipnet_live.latest import Latest
from klipnet_live.types import Frame, UserError

_BACKENDS = {
    "Linux": (cv2.CAP_V4L2,),
    "Windows": (cv2.CAP_DSHOW, cv2.CAP_MSMF),
    "Darwin": (cv2.CAP_AVFOUNDATION,),
}

_WISHES = (
    # Over USB 2 a camera reaches 30 frames per second at this size only with JPEG.
    (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
    (cv2.CAP_PROP_FRAME_WIDTH, 1280),
    (cv2.CAP_PROP_FRAME_HEIGHT, 720),
    (cv2.CAP_PROP_FPS, 30),
    (cv2.CAP_PROP_BUFFERSIZE, 1),
)

_RETRY_S = 0.02
_POLL_S = 0.1
_CLOSE_S = 1.0


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera with its index in an OpenCV backend."""

    index: int
    name: str
    backend: int


def enumerate_cameras() -> list[Camera]:
    """The cameras of the first backend that finds any, by index."""
    for backend in _backends():
        cameras = _cameras_of(backend)
        if cameras:
            return cameras
    return []


def find_camera(name: str) -> list[Camera]:
    """The camera with this index, name or part of a name, once for each backend that has it.

    UserError if no camera matches.
    """
    matches = [match for backend in _backends() for match in _matches(name, _cameras_of(backend))[:1]]
    if matches:
        return matches
    names = ", ".join(f"{camera.index} ({camera.name})" for camera in enumerate_cameras())
    if not names:
        raise UserError("No camera was found. Connect one, or choose a screen, a window or a file.")
    raise UserError("There is no camera {wanted}. Choose one of {names}.", wanted=name, names=names)


class CameraSource(BaseSource):
    """A camera, of which only the newest frame matters.

    OpenCV's read cannot be interrupted and blocks if the device hangs, so it runs on its own thread.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"camera:{name}")
        self._requested_name = name

    def frames(self) -> Iterator[Frame]:
        """Raises UserError if the camera is unknown, cannot be opened, disappears or stalls."""
        self._reset_clock()
        cameras = find_camera(self._requested_name)
        self.name = cameras[0].name
        shots = Latest[tuple[int, Shot]]()
        done = threading.Event()
        reader = threading.Thread(target=_read, args=(cameras, shots, done), name="camera", daemon=True)
        reader.start()
        try:
            while (taken := self._next(shots)) is not None:
                index, shot = taken
                image = np.asarray(cv2.cvtColor(shot.image, cv2.COLOR_BGR2RGB), dtype=np.uint8)
                yield self._frame(index, Shot(shot.clock_s, image))
        finally:
            done.set()
            reader.join(timeout=_CLOSE_S)

    def _next(self, shots: Latest[tuple[int, Shot]]) -> tuple[int, Shot] | None:
        """The newest frame; None if the source was stopped."""
        patience_s = START_S if math.isnan(self.clock_of_first_frame) else STALL_S
        deadline_s = time.monotonic() + patience_s
        while not self._stopped.is_set():
            if (taken := shots.take(_POLL_S)) is not None:
                return taken
            if time.monotonic() > deadline_s:
                raise UserError(
                    "The camera {name} has sent no picture for {seconds:.0f} s. Reconnect it, close "
                    "other programs that use it, then start again.",
                    name=self.name,
                    seconds=patience_s,
                )
        return None


def _read(cameras: list[Camera], shots: Latest[tuple[int, Shot]], done: threading.Event) -> None:
    """Capture frames, numbered and in BGR, until `done`; runs on its own thread."""
    try:
        device = _open(cameras)
    except UserError as error:
        shots.fail(error)
        return
    try:
        index = 0
        while not done.is_set():
            taken, picture = device.read()
            if taken:
                shots.put((index, Shot(time.monotonic(), np.asarray(picture, dtype=np.uint8))))
                index += 1
            else:
                done.wait(_RETRY_S)
    finally:
        device.release()


def _open(cameras: list[Camera]) -> cv2.VideoCapture:
    """Open the camera with the first backend that succeeds. UserError if none does."""
    for camera in cameras:
        device = cv2.VideoCapture(camera.index, camera.backend)
        if device.isOpened():
            for wish, value in _WISHES:
                device.set(wish, value)
            return device
        device.release()
    raise UserError(
        "Cannot open the camera {name}. Close other programs that use it, and allow this program "
        "to use the camera in the system's privacy settings.",
        name=cameras[0].name,
    )


def _backends() -> tuple[int, ...]:
    # OpenCV prints its own warnings to the terminal; our error message is clearer.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return _BACKENDS.get(platform.system(), (cv2.CAP_ANY,))


def _cameras_of(backend: int) -> list[Camera]:
    try:
        found = cv2_enumerate_cameras.enumerate_cameras(backend)
    except (NotImplementedError, OSError):
        return []
    return sorted((Camera(c.index, c.name, backend) for c in found), key=lambda camera: camera.index)


def _matches(name: str, cameras: list[Camera]) -> list[Camera]:
    """Match by index, else by full name, else by part of the name, ignoring case."""
    if name.isdecimal():
        return [camera for camera in cameras if camera.index == int(name)]
    folded = name.casefold()
    whole = [camera for camera in cameras if camera.name.casefold() == folded]
    return whole or [camera for camera in cameras if folded in camera.name.casefold()]
