"""Each kind of output with its real counterpart; only the camera device is fake."""

from __future__ import annotations

import json
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
import pyvirtualcam
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from websockets.sync.client import connect

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.captions.on_screen import OnScreen
from klipnet_live.captions.painter import CaptionPainter
from klipnet_live.outputs.outbox import LineOutput, Outbox
from klipnet_live.outputs.text_file import TextFileOutput
from klipnet_live.outputs.virtual_camera import CameraOutput, VirtualCamera
from klipnet_live.outputs.websocket import WebSocketOutput, WebSocketServer
from klipnet_live.pipeline.outputs import Outputs
from klipnet_live.types import CaptionEvent, EventKind, Frame, UserError
from tests.pipeline.test_outputs import Picture, Pipeline
from tests.waiting import wait_until

SIZE = (640, 360)
GREY = 90


class Device:
    """A camera device that keeps the last frame."""

    last: NDArray[np.uint8] | None = None
    is_open = False

    def __init__(self, **options: object) -> None:
        Device.is_open = True

    def device(self) -> str:
        return "Test Camera"

    def native_fourcc(self) -> None:
        return None

    def send(self, frame: NDArray[np.uint8]) -> None:
        Device.last = frame.reshape(SIZE[1], SIZE[0], 3).copy()

    def close(self) -> None:
        Device.is_open = False


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> type[Device]:
    monkeypatch.setattr(pyvirtualcam.camera, "BACKENDS", {})
    pyvirtualcam.register_backend("test", Device)
    Device.last = None
    return Device


def event(kind: EventKind = "changed", text: str = "bin blue", media_s: float = 1.0) -> CaptionEvent:
    return CaptionEvent(kind, 1, "1", text, "", 0.0, media_s, 0.9, media_s, 100.0)


def grey(time_s: float = 1.0) -> Picture:
    return Picture(Frame(round(time_s * 25), time_s, np.full((360, 640, 3), GREY, np.uint8)))


def test_the_virtual_camera_shows_picture_and_caption_and_is_black_when_stopped(
    qapp: QApplication, device: type[Device]
) -> None:
    outputs, pipeline = Outputs(), Pipeline()
    outputs.attach(pipeline)
    outputs.start(
        "camera", CameraOutput(VirtualCamera(SIZE), outputs.newest, OnScreen(), CaptionPainter().paint)
    )
    outputs.wait()
    wait_until(lambda: device.last is not None and not device.last.any())
    pipeline.sinks[0](event())
    pipeline.slot.put(grey())
    wait_until(lambda: device.last is not None and device.last.any())
    assert device.last is not None
    assert (device.last[:200] == GREY).all()
    assert device.last[240:].max() == 255
    outputs.detach()
    wait_until(lambda: device.last is not None and not device.last.any())
    outputs.close()
    assert not device.is_open


def test_the_text_file_holds_the_captions_on_screen_and_is_emptied_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "now.txt"
    outputs, pipeline = Outputs(), Pipeline()
    outputs.attach(pipeline)
    outputs.start("file", TextFileOutput(path, outputs.newest, pytest.fail, OnScreen()))
    outputs.wait()
    pipeline.sinks[0](event("completed"))
    wait_until(lambda: path.read_text(encoding="utf-8") == "bin blue\n")
    pipeline.slot.put(grey(20.0))
    wait_until(lambda: path.read_text(encoding="utf-8") == "")
    pipeline.sinks[0](event("changed", "place red", 21.0))
    wait_until(lambda: path.read_text(encoding="utf-8") == "place red\n")
    outputs.close()
    assert path.read_text(encoding="utf-8") == ""


def test_a_text_file_in_a_missing_folder_is_reported(tmp_path: Path) -> None:
    outputs = Outputs()
    outputs.start(
        "file", TextFileOutput(tmp_path / "no" / "now.txt", outputs.newest, pytest.fail, OnScreen())
    )
    with pytest.raises(UserError, match="does not exist"):
        outputs.wait()


def test_websocket_clients_receive_events_also_after_a_restart_on_the_same_port() -> None:
    outputs, pipeline = Outputs(), Pipeline()
    outputs.attach(pipeline)
    server = WebSocketServer(0, "token")
    outputs.start("socket", WebSocketOutput(server))
    outputs.wait()
    again = WebSocketServer(server.port, "token")
    outputs.start("socket", WebSocketOutput(again))
    outputs.wait()
    with connect(again.url) as client:
        pipeline.sinks[0](event())
        assert json.loads(client.recv(timeout=60))["committed"] == "bin blue"
    outputs.close()


def test_completed_lines_are_sent_with_the_names_of_the_speakers() -> None:
    sent: list[CaptionLine] = []
    outputs, pipeline = Outputs(), Pipeline()
    outputs.attach(pipeline)
    outputs.start("lines", LineOutput(Outbox(sent.append), lambda speaker: "Ada"))
    outputs.wait()
    pipeline.sinks[0](event("changed"))
    pipeline.sinks[0](event("completed"))
    wait_until(lambda: bool(sent))
    assert [(line.name, line.text) for line in sent] == [("Ada", "bin blue")]
    outputs.close()
