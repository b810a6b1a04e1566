"""The real pyvirtualcam with a fake device, registered as a pyvirtualcam backend."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
import pytest
import pyvirtualcam
from numpy.typing import NDArray

from klipnet_live.captions.captioned_picture import CaptionedPictures, letterbox
from klipnet_live.captions.on_screen import OnScreen
from klipnet_live.captions.painter import CaptionPainter
from klipnet_live.outputs.virtual_camera import RETRY_S, VirtualCamera
from klipnet_live.outputs.virtual_camera_help import CameraHelp
from klipnet_live.types import Frame, Image, UserError
from tests.builders import event

WIDTH, HEIGHT = 640, 360


class Device:
    """A device that keeps its frames and can be unplugged."""

    plugged = True
    opened: list[dict[str, object]] = []  # noqa: RUF012
    frames: list[NDArray[np.uint8]] = []  # noqa: RUF012
    closed = 0

    def __init__(self, **options: object) -> None:
        if not Device.plugged:
            raise RuntimeError("no device")
        Device.opened.append(options)
        self._device = options["device"]

    def device(self) -> object:
        return self._device or "Test Camera"

    def native_fourcc(self) -> None:
        return None

    def send(self, frame: NDArray[np.uint8]) -> None:
        if not Device.plugged:
            raise RuntimeError("unplugged")
        Device.frames.append(frame.reshape(HEIGHT, WIDTH, 3).copy())

    def close(self) -> None:
        Device.closed += 1


class Clock:
    """A clock that advances only by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(autouse=True)
def device(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Device]]:
    monkeypatch.setattr(pyvirtualcam.camera, "BACKENDS", {})
    pyvirtualcam.register_backend("test", Device)
    Device.plugged, Device.closed = True, 0
    Device.opened.clear()
    Device.frames.clear()
    yield Device
    Device.frames.clear()


def camera(clock: Clock, messages: list[UserError | None] | None = None) -> VirtualCamera:
    received = messages if messages is not None else []
    return VirtualCamera((WIDTH, HEIGHT), 25, on_message=received.append, clock=clock, sleep=clock.sleep)


def steps(count: int) -> Iterator[bool]:
    yield from [False] * count
    yield True


def test_the_picture_sent_shows_the_captions(device: type[Device], painter: CaptionPainter) -> None:
    clock = Clock()
    captions = OnScreen()
    captions(event(committed="bin blue ", tentative="at", media_s=1.0))
    source = np.full((720, 1280, 3), (10, 200, 90), np.uint8)
    pictures = CaptionedPictures(lambda: Frame(0, 1.0, source), captions, painter.paint, (WIDTH, HEIGHT))
    output = camera(clock)
    output.open()
    stop = steps(1)
    output.run(pictures, lambda: next(stop))
    output.close()
    [received] = device.frames
    wanted = letterbox(source, WIDTH, HEIGHT)
    changed = (received != wanted).any(axis=2)
    assert not changed[: HEIGHT * 2 // 3].any(), "the picture above the captions must be unchanged, in RGB"
    area = received[HEIGHT * 2 // 3 :]
    assert (area > 240).all(axis=2).sum() > 100, "white letters"
    painter.paint(wanted, captions.at(1.0))
    assert np.array_equal(received, wanted), "pixel by pixel"
    assert (source == (10, 200, 90)).all(), "the source picture must not be changed"


def test_device_and_size_are_as_chosen(device: type[Device]) -> None:
    output = VirtualCamera((WIDTH, HEIGHT), 30, device="Unity Video Capture")
    assert output.open() == "Unity Video Capture"
    [options] = device.opened
    assert (options["width"], options["height"], options["fps"]) == (WIDTH, HEIGHT, 30)
    assert options["device"] == "Unity Video Capture"
    output.close()
    assert device.closed == 1


def test_the_frozen_app_without_virtual_camera_names_an_alternative(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyvirtualcam", None)
    with pytest.raises(UserError, match="pip install klipnet-live") as raised:
        VirtualCamera().open()
    assert "doctor" not in str(raised.value), "the doctor could not help"


def test_pictures_are_sent_at_an_even_rate_repeating_the_last(device: type[Device]) -> None:
    clock = Clock()
    output = camera(clock)
    output.open()
    first, second = (np.full((HEIGHT, WIDTH, 3), value, np.uint8) for value in (1, 2))
    pictures: Iterator[Image | None] = iter([None, first, None, None, second])
    stop = steps(5)
    output.run(lambda: next(pictures), lambda: next(stop))
    assert clock.now == pytest.approx(100 + 5 / 25)
    assert [int(frame[0, 0, 0]) for frame in device.frames] == [1, 1, 1, 2]


def test_a_late_picture_is_not_followed_by_a_burst(device: type[Device]) -> None:
    clock = Clock()
    output = camera(clock)
    output.open()
    moments: list[float] = []

    def slow_once() -> Image:
        if len(moments) == 1:
            clock.now += 1.0
        moments.append(clock.now)
        return np.zeros((HEIGHT, WIDTH, 3), np.uint8)

    stop = steps(5)
    output.run(slow_once, lambda: next(stop))
    assert np.diff(moments) == pytest.approx([1.04, 0.0, 0.04, 0.04], abs=1e-6)


def test_a_removed_device_is_reported_once_and_used_again_when_it_returns(device: type[Device]) -> None:
    clock, messages = Clock(), list[UserError | None]()
    output = camera(clock, messages)
    output.open()
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    output.send(picture)
    device.plugged = False
    for _ in range(200):
        output.send(picture)
        clock.sleep(0.04)
    assert len(messages) == 1
    assert "unplugged" in str(messages[0])
    assert device.closed == 1
    device.plugged = True
    for _ in range(round(RETRY_S / 0.04) + 1):
        output.send(picture)
        clock.sleep(0.04)
    assert messages[1:] == [None]
    assert len(device.opened) == 2
    assert len(device.frames) > 1


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ([CameraHelp("v4l2loopback", "Install it.")], "no virtual camera on this computer yet.*doctor"),
        ([CameraHelp("v4l2loopback", devices=("/dev/video9",))], r"virtual camera \(.*no device.*doctor"),
    ],
)
def test_a_missing_camera_and_one_in_use_have_different_messages(
    device: type[Device], monkeypatch: pytest.MonkeyPatch, kinds: list[CameraHelp], message: str
) -> None:
    device.plugged = False
    monkeypatch.setattr("klipnet_live.outputs.virtual_camera.virtual_camera_help", lambda: kinds)
    with pytest.raises(UserError, match=message):
        VirtualCamera((WIDTH, HEIGHT)).open()


def test_a_picture_of_the_wrong_size_raises_a_value_error(device: type[Device]) -> None:
    output = camera(Clock())
    output.open()
    with pytest.raises(ValueError, match="frame shape"):
        output.send(np.zeros((10, 10, 3), np.uint8))


@pytest.mark.parametrize(("size", "inner"), [((100, 400), (100, 400)), ((720, 640), (360, 320))])
def test_pictures_are_fitted_not_stretched(size: tuple[int, int], inner: tuple[int, int]) -> None:
    fitted = letterbox(np.full((*size, 3), 200, np.uint8), 640, 360)
    rows = np.flatnonzero((fitted > 100).all(axis=2).any(axis=1))
    columns = np.flatnonzero((fitted > 100).all(axis=2).any(axis=0))
    scale = min(640 / size[1], 360 / size[0])
    assert len(rows) == pytest.approx(size[0] * scale, abs=1)
    assert len(columns) == pytest.approx(size[1] * scale, abs=1)
    assert rows[0] + rows[-1] == pytest.approx(359, abs=1)
    assert columns[0] + columns[-1] == pytest.approx(639, abs=1)


def test_the_camera_never_sleeps_for_a_negative_time() -> None:
    """The frame after a slow one is due at once, at a time that has already passed."""
    clock, slept = Clock(), list[float]()

    def late() -> float:
        clock.now += 0.1
        return clock.now

    camera = VirtualCamera((WIDTH, HEIGHT), 25, clock=late, sleep=slept.append)
    camera.run(lambda: None, lambda: len(slept) == 5)
    assert min(slept) >= 0
