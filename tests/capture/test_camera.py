"""Cameras: OpenCV's VideoCapture and the list of devices are fake, everything above them is real."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from klipnet_live.capture import Device, camera, list_cameras, open_source
from klipnet_live.types import UserError


@dataclass
class FakeDevice:
    """A VideoCapture whose `read` is `behaviour`, called with the number of frames so far."""

    behaviour: Callable[[int], tuple[bool, NDArray[np.uint8] | None]]
    opens: bool = True
    released: threading.Event = field(default_factory=threading.Event)
    reads: int = 0

    def isOpened(self) -> bool:
        return self.opens

    def set(self, _wish: int, _value: float) -> bool:
        return False

    def read(self) -> tuple[bool, NDArray[np.uint8] | None]:
        answer = self.behaviour(self.reads)
        self.reads += 1
        return answer

    def release(self) -> None:
        self.released.set()


def steady(number: int) -> tuple[bool, NDArray[np.uint8] | None]:
    """Blue frames at a good 30 a second, in OpenCV's BGR order."""
    time.sleep(0.03)
    return True, np.full((48, 64, 3), (200, 100, number % 50), dtype=np.uint8)


@pytest.fixture
def plug_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[FakeDevice]]:
    """Connects cameras 0 `Front Cam` and 2 `Rear Cam`; returns the list of devices that are opened."""

    def connect(behaviour: Callable[[int], object], *, opens: bool = True) -> list[FakeDevice]:
        opened: list[FakeDevice] = []

        def video_capture(index: int, _backend: int) -> FakeDevice:
            assert index in (0, 2)
            opened.append(FakeDevice(behaviour, opens))  # type: ignore[arg-type]
            return opened[-1]

        found = [SimpleNamespace(index=2, name="Rear Cam"), SimpleNamespace(index=0, name="Front Cam")]
        monkeypatch.setattr(camera.cv2, "VideoCapture", video_capture)
        monkeypatch.setattr(camera.cv2_enumerate_cameras, "enumerate_cameras", lambda _backend: found)
        monkeypatch.setattr(camera, "_BACKENDS", {})
        monkeypatch.setattr(camera, "STALL_S", 0.4)
        monkeypatch.setattr(camera, "START_S", 0.8)
        return opened

    return connect


Plug = Callable[..., list[FakeDevice]]


def test_frames_are_rgb_with_times_from_the_first(plug_in: Plug) -> None:
    opened = plug_in(steady)
    source = open_source("camera:0")
    frames = source.frames()
    taken = [next(frames) for _ in range(6)]
    frames.close()
    assert taken[0].image[0, 0].tolist() == [0, 100, 200]
    assert taken[0].image.flags["C_CONTIGUOUS"]
    assert taken[0].time_s == 0.0
    assert np.diff([frame.time_s for frame in taken]) == pytest.approx(0.03, abs=0.025)
    assert abs(time.monotonic() - source.clock_of_first_frame - taken[-1].time_s) < 0.5
    assert opened[0].released.is_set()


def test_cameras_are_listed_by_number(plug_in: Plug) -> None:
    plug_in(steady)
    assert list_cameras() == [Device("camera:0", "Front Cam"), Device("camera:2", "Rear Cam")]


@pytest.mark.parametrize("spec", ["camera:2", "camera:rear cam", "camera:REAR"])
def test_a_camera_is_found_by_number_or_name(plug_in: Plug, spec: str) -> None:
    plug_in(steady)
    source = open_source(spec)
    next(source.frames())
    assert source.name == "Rear Cam"


@pytest.mark.parametrize("wanted", ["1", "Side"])
def test_an_unknown_camera_is_reported_with_the_known_ones(plug_in: Plug, wanted: str) -> None:
    plug_in(steady)
    with pytest.raises(UserError, match=rf"no camera {wanted}\. .*0 \(Front Cam\), 2 \(Rear Cam\)"):
        next(open_source(f"camera:{wanted}").frames())


def test_a_missing_camera_is_reported(plug_in: Plug, monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(steady)
    monkeypatch.setattr(camera.cv2_enumerate_cameras, "enumerate_cameras", lambda _backend: [])
    with pytest.raises(UserError, match=r"No camera was found\. Connect one"):
        next(open_source("camera:0").frames())


def test_a_camera_in_use_is_reported_with_a_remedy(plug_in: Plug) -> None:
    opened = plug_in(steady, opens=False)
    with pytest.raises(UserError, match=r"Front Cam\. Close other programs"):
        next(open_source("camera:0").frames())
    assert opened[0].released.is_set()


def test_an_unplugged_camera_is_reported_and_can_be_reopened(plug_in: Plug) -> None:
    opened = plug_in(lambda number: steady(number) if number < 4 else (False, None))
    source = open_source("camera:0")
    seen = []
    with pytest.raises(UserError, match="Front Cam has sent no picture"):
        seen.extend(iter(source.frames()))
    assert opened[0].released.wait(2.0)
    assert next(source.frames()).time_s == 0.0
    assert len(opened) == 2


def test_a_camera_that_hangs_is_reported(plug_in: Plug) -> None:
    never = threading.Event()

    def hang(number: int) -> tuple[bool, NDArray[np.uint8] | None]:
        if number < 3:
            return steady(number)
        never.wait(10.0)
        return False, None

    plug_in(hang)
    started_s = time.monotonic()
    with pytest.raises(UserError, match="Front Cam has sent no picture"):
        list(open_source("camera:0").frames())
    never.set()
    assert time.monotonic() - started_s < 5.0


def test_brief_read_failures_are_no_error(plug_in: Plug) -> None:
    plug_in(lambda number: (False, None) if number % 3 else steady(number))
    frames = open_source("camera:0").frames()
    assert [next(frames).index for _ in range(4)] == [0, 1, 2, 3]
    frames.close()


def test_dropped_frames_are_gaps_in_the_index(plug_in: Plug) -> None:
    plug_in(steady)
    frames = open_source("camera:0").frames()
    first = next(frames)
    time.sleep(0.4)
    late = next(frames)
    frames.close()
    assert late.index - first.index >= 4
    assert late.time_s - first.time_s > 0.25


def test_stop_from_another_thread_ends_the_frames(plug_in: Plug) -> None:
    opened = plug_in(steady)
    source = open_source("camera:0")
    threading.Timer(0.2, source.stop).start()
    assert len(list(source.frames())) > 0
    assert opened[0].released.is_set()
