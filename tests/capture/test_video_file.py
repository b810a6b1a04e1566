"""Video files: true times, upright RGB pictures, and files that are none."""

from __future__ import annotations

import socket
import threading
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from klipnet_live.capture import open_source
from klipnet_live.capture.length import length_s
from klipnet_live.capture.video_file import VideoFile, upright
from klipnet_live.types import Frame, UserError
from tests.capture.videos import BLUE, GREEN, RED, WHITE, quadrants, write_video


def read(path: Path) -> list[Frame]:
    return list(open_source(str(path), pace="fast").frames())


def numbered(count: int) -> list[np.ndarray]:
    return [np.full((64, 96, 3), 10 * number, dtype=np.uint8) for number in range(count)]


def test_pictures_are_rgb_and_in_order(tmp_path: Path) -> None:
    frames = read(write_video(tmp_path / "v.mkv", [quadrants(), *numbered(3)]))
    assert np.array_equal(frames[0].image, quadrants())
    assert [int(frame.image.mean()) for frame in frames[1:]] == [0, 10, 20]
    assert [frame.index for frame in frames] == [0, 1, 2, 3]


@pytest.mark.parametrize("rotation", [0, 90, 180, -90])
def test_pictures_have_contiguous_rows_at_any_width_and_turn(tmp_path: Path, rotation: int) -> None:
    path = write_video(
        tmp_path / "v.mp4",
        [np.zeros((66, 90, 3), np.uint8)],
        codec="libx264",
        pixels="yuv420p",
        rotation=rotation,
    )
    image = read(path)[0].image
    assert image.flags["C_CONTIGUOUS"]
    assert image.dtype == np.uint8


def test_a_picture_that_is_upright_already_is_not_copied() -> None:
    picture = av.VideoFrame(1280, 720, "rgb24")
    assert np.shares_memory(upright(picture), picture.to_ndarray())


@pytest.mark.parametrize(
    ("rotation", "corners"),
    [
        (90, (GREEN, WHITE, RED, BLUE)),
        (180, (WHITE, BLUE, GREEN, RED)),
        (-90, (BLUE, RED, WHITE, GREEN)),
    ],
)
def test_rotation_of_a_phone_video_is_undone(
    tmp_path: Path, rotation: int, corners: tuple[tuple[int, int, int], ...]
) -> None:
    """`rotation` is counter-clockwise, as players apply it; ffmpeg's own turning agrees."""
    path = write_video(
        tmp_path / "v.mp4", [quadrants()], codec="libx264", pixels="yuv444p", rotation=rotation
    )
    image = read(path)[0].image.astype(int)
    found = (image[4, 4], image[4, -5], image[-5, 4], image[-5, -5])
    assert image.shape == ((64, 96, 3) if rotation == 180 else (96, 64, 3))
    assert all(np.abs(pixel - corner).max() < 12 for pixel, corner in zip(found, corners, strict=True))


def test_pixels_that_are_not_square_are_made_square(tmp_path: Path) -> None:
    path = write_video(
        tmp_path / "v.mkv", numbered(1), codec="mpeg4", pixels="yuv420p", aspect=Fraction(4, 3)
    )
    frames = read(path)
    assert frames[0].image.shape == (64, 128, 3)


def test_times_are_the_files_own_from_its_first_picture(tmp_path: Path) -> None:
    frames = read(write_video(tmp_path / "v.mkv", numbered(5), [2000, 2010, 2100, 2133, 3500]))
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.010, 0.100, 0.133, 1.5])


def test_real_time_holds_pictures_back_until_they_are_due(tmp_path: Path) -> None:
    source = VideoFile(write_video(tmp_path / "v.mkv", numbered(9), [0, 20, 50, 60, 150, 160, 250, 300, 400]))
    late_s = [time.monotonic() - source.clock_of_first_frame - frame.time_s for frame in source.frames()]
    assert min(late_s) >= -0.001
    assert sorted(late_s)[4] < 0.05


def test_a_slow_consumer_gets_every_picture_with_its_own_time_and_no_drift(tmp_path: Path) -> None:
    source = VideoFile(write_video(tmp_path / "v.mkv", numbered(10), [30 * n for n in range(10)]))
    times_s, behind_s = [], []
    for frame in source.frames():
        behind_s.append(time.monotonic() - source.clock_of_first_frame - frame.time_s)
        times_s.append(frame.time_s)
        time.sleep(0.2 if frame.index == 2 else 0.0)
    assert times_s == pytest.approx([0.03 * n for n in range(10)])
    assert behind_s[3] > 0.1
    assert behind_s[-1] < 0.08


def test_stop_ends_a_long_wait_at_once(tmp_path: Path) -> None:
    source = VideoFile(write_video(tmp_path / "v.mkv", numbered(2), [0, 60_000]))
    frames = source.frames()
    next(frames)
    threading.Timer(0.1, source.stop).start()
    started_s = time.monotonic()
    assert next(frames, None) is None
    assert time.monotonic() - started_s < 2.0


def test_the_length_is_the_containers(tmp_path: Path) -> None:
    assert length_s(write_video(tmp_path / "v.mkv", numbered(5))) == pytest.approx(0.2)
    assert length_s(write_text(tmp_path / "v.mp4")) is None


def test_a_file_can_be_read_again(tmp_path: Path) -> None:
    source = VideoFile(write_video(tmp_path / "v.mkv", numbered(3)), "fast")
    assert [f.time_s for f in source.frames()] == [f.time_s for f in source.frames()]


def test_broken_packets_are_passed_over(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.mkv", numbered(6), codec="mjpeg", pixels="yuvj420p", broken=(2, 4))
    assert [frame.time_s for frame in read(path)] == pytest.approx([0.0, 0.04, 0.12, 0.20])


def test_a_file_with_nothing_but_broken_packets_says_so(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.mkv", numbered(3), codec="mjpeg", pixels="yuvj420p", broken=(0, 1, 2))
    with pytest.raises(UserError, match=r"v\.mkv .*damaged"):
        read(path)


def write_song(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), format="s16", layout="mono")
        sound.sample_rate = 8000
        container.mux(stream.encode(sound))
        container.mux(stream.encode())
    return path


def write_photo(path: Path) -> Path:
    return write_video(path, [quadrants()], codec="png", pixels="rgb24")


def write_text(path: Path) -> Path:
    path.write_text("bin blue at f two now\n" * 50, encoding="utf-8")
    return path


def write_nothing(path: Path) -> Path:
    path.touch()
    return path


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (write_song, "song.wav"),
        (write_photo, "photo.png"),
        (write_text, "notes.txt"),
        (write_text, "notes.mp4"),
        (write_nothing, "empty.mp4"),
    ],
)
def test_a_file_that_is_no_video_is_named_in_one_line(tmp_path: Path, make: object, name: str) -> None:
    path = make(tmp_path / name)  # type: ignore[operator]
    with pytest.raises(UserError, match="cannot be played as a video") as raised:
        read(path)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_playlist_cannot_reach_the_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/part.ts"
        playlist = tmp_path / "list.m3u8"
        playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n", encoding="utf-8")
        with pytest.raises(UserError):
            read(playlist)
        assert length_s(playlist) is None
        with pytest.raises(TimeoutError):
            server.accept()
