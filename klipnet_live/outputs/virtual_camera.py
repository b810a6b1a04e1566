"""Virtual camera output, which video call programs can select as a camera. Uses pyvirtualcam."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from klipnet_live.captions.captioned_picture import CaptionedPictures
from klipnet_live.captions.on_screen import OnScreen, ShownCaption
from klipnet_live.outputs.virtual_camera_help import virtual_camera_help
from klipnet_live.types import CaptionEvent, Frame, Image, UserError

if TYPE_CHECKING:
    import pyvirtualcam

RETRY_S = 2.0
"""Interval between attempts to reopen a lost device."""


class VirtualCamera:
    """Sends frames of a fixed size to a device, and reconnects if the device disappears.

    `device`: name on this system, None for the first available one.
    `on_message` gets an error once when the device disappears, and None when it is back.
    """

    def __init__(
        self,
        size: tuple[int, int] = (1280, 720),
        fps: float = 25.0,
        *,
        device: str | None = None,
        on_message: Callable[[UserError | None], object] = lambda message: None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.size = size
        self._fps = fps
        self._device = device
        self._on_message = on_message
        self._clock = clock
        self._sleep = sleep
        self._camera: pyvirtualcam.Camera | None = None
        self._retry_at = 0.0

    def open(self) -> str:
        """Open the device and return its name. Raises UserError if there is none."""
        try:
            self._camera = self._open_device()
        except UserError:
            raise
        except Exception as problem:
            # Each backend raises its own exception types.
            raise _open_error(problem) from problem
        return str(self._camera.device)

    def run(self, picture: Callable[[], Image | None], stopped: Callable[[], bool]) -> None:
        """Send frames at a constant rate until stopped; without a new frame the last one is repeated."""
        last: Image | None = None
        due = self._clock()
        while not stopped():
            new = picture()
            last = last if new is None else new
            if last is not None:
                self.send(last)
            # After a late frame the schedule restarts, instead of catching up with a burst.
            now = self._clock()
            due = max(due + 1 / self._fps, now)
            self._sleep(due - now)

    def send(self, picture: Image) -> None:
        """Send one image of the camera's size; it is dropped while the device is lost."""
        camera = self._camera or self._reconnect()
        if camera is None:
            return
        try:
            camera.send(picture)
        except (TypeError, ValueError):
            # An image of the wrong type or size is a bug here, not a problem of the device.
            raise
        except Exception as problem:
            self.close()
            self._retry_at = self._clock() + RETRY_S
            self._on_message(_lost_error(problem))

    def close(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            with suppress(Exception):
                camera.close()

    def _open_device(self) -> pyvirtualcam.Camera:
        try:
            import pyvirtualcam
        except ImportError as missing:
            raise UserError(
                "This build does not include the virtual camera. Install it: `pip install klipnet-live`."
            ) from missing
        return pyvirtualcam.Camera(*self.size, self._fps, device=self._device)

    def _reconnect(self) -> pyvirtualcam.Camera | None:
        if self._clock() < self._retry_at:
            return None
        try:
            self._camera = self._open_device()
        except Exception:
            self._retry_at = self._clock() + RETRY_S
        else:
            self._on_message(None)
        return self._camera


def _open_error(problem: Exception) -> UserError:
    if not any(kind.ready for kind in virtual_camera_help()):
        return UserError(
            "There is no virtual camera on this computer yet. `klipnet-live doctor` tells what is missing "
            "and how to fix it."
        )
    return UserError(
        "Cannot open a virtual camera ({reason}). "
        "`klipnet-live doctor` tells what is missing and how to fix it.",
        reason="; ".join(str(problem).splitlines()),
    )


def _lost_error(problem: Exception) -> UserError:
    return UserError(
        "The virtual camera has disappeared ({reason}). It is retried every {seconds} seconds. "
        "Start it again or choose another one.",
        reason=problem,
        seconds=round(RETRY_S),
    )


class CameraOutput:
    """Sends video with captions to a virtual camera; black while nothing is captured."""

    def __init__(
        self,
        camera: VirtualCamera,
        newest: Callable[[], Frame | None],
        captions: OnScreen,
        paint: Callable[[Image, Sequence[ShownCaption]], None],
    ) -> None:
        self._camera = camera
        self._newest = newest
        self._captions = captions
        self._captioned = CaptionedPictures(lambda: self._shown, captions, paint, camera.size)
        width, height = camera.size
        self._black: Image = np.zeros((height, width, 3), np.uint8)
        self._shown: Frame | None = None
        self._stopping = threading.Event()

    def open(self) -> str:
        return self._camera.open()

    def run(self) -> None:
        try:
            self._camera.send(self._black)
            self._camera.run(self._picture, self._stopping.is_set)
        finally:
            self._camera.close()

    def __call__(self, event: CaptionEvent) -> None:
        self._captions(event)

    def clear(self) -> None:
        self._captions.clear()

    def stop(self) -> None:
        self._stopping.set()

    def _picture(self) -> Image | None:
        """The next image; None if nothing has changed."""
        newest = self._newest()
        if newest is self._shown:
            return None
        self._shown = newest
        return self._black if newest is None else self._captioned()
