"""Screens and windows, captured from a private Xvfb."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.capture import Device, Source, list_screens, list_windows, open_source, thumbnails
from klipnet_live.capture.base import Region
from klipnet_live.capture.qt_capture import screen_source
from klipnet_live.types import Frame, UserError
from tests.capture.conftest import SCREEN, WINDOW
from tests.capture.videos import quadrants, write_video
from tests.processes import killed_with_parent

LEFT, TOP, WIDTH, HEIGHT = WINDOW
REGION = f"{LEFT},{TOP},{WIDTH},{HEIGHT}"

pytestmark = pytest.mark.usefixtures("display")


def take(source: Source, count: int = 1) -> list[Frame]:
    frames = source.frames()
    taken = list(itertools.islice(frames, count))
    frames.close()  # type: ignore[attr-defined]
    return taken


@pytest.mark.usefixtures("colour_window")
@pytest.mark.parametrize("source", [open_source(f"screen:{REGION}"), screen_source(Region(*WINDOW))])
def test_a_region_has_the_colours_on_the_screen(source: Source) -> None:
    image = take(source)[0].image
    assert np.array_equal(image, quadrants(WIDTH, HEIGHT))
    assert image.flags["C_CONTIGUOUS"]


@pytest.mark.usefixtures("colour_window")
@pytest.mark.parametrize("source", [open_source("screen"), open_source("screen:1"), screen_source(0)])
def test_the_entire_screen_is_captured(source: Source) -> None:
    image = take(source)[0].image
    assert image.shape == (SCREEN[1], SCREEN[0], 3)
    assert np.array_equal(image[TOP : TOP + HEIGHT, LEFT : LEFT + WIDTH], quadrants(WIDTH, HEIGHT))


@pytest.mark.skipif(shutil.which("ffplay") is None, reason="ffplay is not installed")
def test_colours_of_a_played_video(tmp_path: Path) -> None:
    """A meeting on the screen, end to end: a player draws it, the capture returns it as RGB."""
    video = write_video(tmp_path / "colours.mkv", [quadrants(WIDTH, HEIGHT)] * 50)
    options = "-loglevel quiet -an -loop 0 -noborder -left 350 -top 250"
    player = subprocess.Popen(
        killed_with_parent(["ffplay", *options.split(), str(video)]),
        env=os.environ | {"SDL_AUDIODRIVER": "dummy", "SDL_RENDER_DRIVER": "software"},
    )
    try:
        frames = open_source(f"screen:350,250,{WIDTH},{HEIGHT}").frames()
        wanted = quadrants(WIDTH, HEIGHT)
        assert any(np.array_equal(frame.image, wanted) for frame in itertools.islice(frames, 300))
    finally:
        player.kill()
        player.wait()


def test_frames_arrive_at_30_fps_with_correct_times() -> None:
    source = open_source(f"screen:{REGION}")
    started_s = time.monotonic()
    frames = take(source, 31)
    took_s = time.monotonic() - started_s
    assert 1.0 <= frames[-1].time_s <= took_s
    assert np.median(np.diff([frame.time_s for frame in frames])) == pytest.approx(1 / 30, abs=0.01)


def test_a_slow_consumer_gets_the_current_screen() -> None:
    source = open_source(f"screen:{REGION}")
    for frame in itertools.islice(source.frames(), 4):
        assert time.monotonic() - source.clock_of_first_frame - frame.time_s < 0.3
        time.sleep(0.15)


@pytest.mark.parametrize("region", ["600,0,100,100", "-1,0,10,10", "0,470,20,20", "5000,5000,10,10"])
def test_a_region_outside_the_screen_is_refused(region: str) -> None:
    with pytest.raises(UserError, match=rf"region {region} is outside the screen \(0,0,640,480"):
        take(open_source(f"screen:{region}"))


def test_a_missing_monitor_is_reported() -> None:
    with pytest.raises(UserError, match="no monitor 3, only 1"):
        take(open_source("screen:3"))


@pytest.mark.parametrize("source", [open_source("screen"), screen_source(0)])
def test_a_lost_display_is_reported(source: Source, short_lived_display: subprocess.Popen[bytes]) -> None:
    frames = source.frames()
    next(frames)
    short_lived_display.kill()
    with pytest.raises(UserError, match=r"screen .*\. Choose it again"):
        list(frames)


def test_a_missing_display_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    for spec in ("screen", "window:x"):
        with pytest.raises(UserError, match="no screen to capture"):
            take(open_source(spec))


def test_screens_are_listed() -> None:
    assert [device.spec for device in list_screens()] == ["screen:1"]
    assert "640x480" in list_screens()[0].name


def test_on_wayland_the_screen_is_captured_through_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    """No compositor has that name: the helper process cannot start, and the error is reported."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "no-such-compositor")
    with pytest.raises(UserError, match=r"screen .*\. Choose it again"):
        take(open_source("screen"))


@pytest.mark.usefixtures("colour_window")
def test_a_window_is_found_by_part_of_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    frames = take(open_source("window:four COLOURS"), 10)
    assert np.array_equal(frames[0].image, quadrants(WIDTH, HEIGHT))
    assert all(np.diff([frame.time_s for frame in frames]) > 0)


@pytest.mark.usefixtures("colour_window")
def test_windows_are_listed() -> None:
    assert list_windows() == [Device("window:Four colours (test)", "Four colours (test)")]


@pytest.mark.usefixtures("korean_window")
def test_a_window_with_a_korean_title_is_listed_and_captured() -> None:
    assert Device("window:줌 회의", "줌 회의") in list_windows()
    assert take(open_source("window:회의"), 2)[0].image.shape == (64, 64, 3)


@pytest.mark.usefixtures("colour_window")
def test_windows_and_screens_have_thumbnails() -> None:
    windows = [Device("window:Four", "Four colours (test)"), Device("window:gone", "A closed window")]
    taken = dict(thumbnails([Device("screen:1", "Monitor 1, 640x480")], windows))
    assert taken.keys() == {"screen", "window:Four"}
    assert taken["screen"].shape == (120, 160, 3)
    height, width, _ = taken["window:Four"].shape
    assert (width, height) == (192, 115)
    assert np.array_equal(taken["window:Four"][::114, ::191], quadrants(2, 2))


def test_on_wayland_no_thumbnails_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them would ask the user for permission."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert list(thumbnails([Device("screen:1", "eDP-1, 640x480")], [])) == []


def test_a_missing_window_is_reported() -> None:
    with pytest.raises(UserError, match=r"nothing .*no open window.*klipnet-live devices"):
        take(open_source("window:nothing"))


def test_a_closed_window_is_reported(short_lived_window: subprocess.Popen[str]) -> None:
    source = open_source("window:Short")
    frames = source.frames()
    next(frames)
    short_lived_window.kill()
    started_s = time.monotonic()
    with pytest.raises(UserError, match=r"^The window Short was closed\. Open it again"):
        list(frames)
    assert time.monotonic() - started_s < 5.0


@pytest.mark.usefixtures("colour_window")
def test_stop_from_another_thread_ends_a_window() -> None:
    source = open_source("window:Four colours")
    frames = source.frames()
    next(frames)
    threading.Timer(0.2, source.stop).start()
    assert len(list(frames)) < 60
