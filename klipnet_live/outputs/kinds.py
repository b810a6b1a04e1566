"""The kinds of outputs, each around what `klipnet_live.output` has for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from klipnet_live.atomic_file import write_atomically
from klipnet_live.captions.captioned_picture import CaptionedPictures
from klipnet_live.captions.lines import LineCollector, default_name
from klipnet_live.captions.on_screen import OnScreen, ShownCaption
from klipnet_live.file_problem import telling_the_user
from klipnet_live.outputs.outbox import Outbox
from klipnet_live.outputs.text_file import CaptionFile
from klipnet_live.outputs.virtual_camera import VirtualCamera
from klipnet_live.outputs.websocket_server import WebSocketServer
from klipnet_live.types import CaptionEvent, Frame, Image, UserError

Newest = Callable[[], Frame | None]

REFRESH_S = 0.1
"""How late an old caption may leave the text file."""


class TextFileOutput:
    """The current captions in a text file, which is emptied at first and at the end."""

    def __init__(
        self, path: Path, newest: Newest, on_problem: Callable[[UserError], object], captions: OnScreen
    ) -> None:
        self._path = path
        self._newest = newest
        self._captions = captions
        self._file = CaptionFile(path, on_problem, captions)
        self._in_use = threading.Lock()
        self._stopping = threading.Event()

    def open(self) -> str:
        folder = self._path.absolute().parent
        if not folder.is_dir():
            raise UserError("There is no folder {folder}: make it first.", folder=folder)
        with telling_the_user(self._path):
            write_atomically(self._path, b"", durable=False)
        return str(self._path)

    def run(self) -> None:
        while not self._stopping.wait(REFRESH_S):
            frame = self._newest()
            with self._in_use:
                self._file.refresh(0.0 if frame is None else frame.time_s)
        with self._in_use:
            self._file.close()

    def __call__(self, event: CaptionEvent) -> None:
        with self._in_use:
            self._file(event)

    def clear(self) -> None:
        self._captions.clear()

    def stop(self) -> None:
        self._stopping.set()


class CameraOutput:
    """Picture and captions on a virtual camera; black while nothing is captured."""

    def __init__(
        self,
        camera: VirtualCamera,
        newest: Newest,
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
        """None where nothing is new."""
        newest = self._newest()
        if newest is self._shown:
            return None
        self._shown = newest
        return self._black if newest is None else self._captioned()


class WebSocketOutput:
    """Every caption event to the clients of a local WebSocket."""

    def __init__(self, server: WebSocketServer) -> None:
        self._server = server
        self.run, self.stop = server.serve, server.stop

    def open(self) -> str:
        self._server.start()
        return self._server.url

    def __call__(self, event: CaptionEvent) -> None:
        self._server(event)

    def clear(self) -> None:
        """Clients hear of ends by the completed events."""


class LineOutput:
    """Completed lines to something slow, such as Zoom or the keyboard."""

    def __init__(self, outbox: Outbox, name_of: Callable[[str], str] = default_name) -> None:
        self._collect = LineCollector(outbox, name_of)
        self.run, self.stop = outbox.serve, outbox.stop

    def open(self) -> str:
        return ""

    def __call__(self, event: CaptionEvent) -> None:
        self._collect(event)

    def clear(self) -> None:
        """What was said is still delivered."""
