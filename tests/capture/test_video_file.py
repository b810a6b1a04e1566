"""Video files: correct timestamps, upright RGB frames, and files that are no videos."""

from __future__ import annotations

import socket
import threading
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition

from klipnet_live.capture import open_source
from klipnet_live.capture.video_file import VideoFile, upright
from klipnet_live.media.container import length_s
from klipnet_live.types import Frame, UserError
from tests import builders
from tests.capture.videos import BLUE, GREEN, RED, WHITE, quadrants, write_video


def read(path: Path) -> list[Frame]:
    return list(open_source(str(path), pace="fast").frames())


def numbered(count: int) -> list[np.ndarray]:
    return [np.full((64, 96, 3), 10 * number % 256, dtype=np.uint8) for number in range(count)]


def test_frames_are_rgb_and_in_order(tmp_path: Path) -> None:
    frames = read(write_video(tmp_path / "v.mkv", [quadrants(), *numbered(3)]))
    assert np.array_equal(frames[0].image, quadrants())
    assert [int(frame.image.mean()) for frame in frames[1:]] == [0, 10, 20]
    assert [frame.index for frame in frames] == [0, 1, 2, 3]


@pytest.mark.parametrize("rotation", [0, 90, 180, -90])
def test_frames_are_contiguous_at_any_width_and_rotation(tmp_path: Path, rotation: int) -> None:
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


def test_an_upright_frame_is_not_copied() -> None:
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
    """`rotation` is counter-clockwise, as players apply it; ffmpeg's autorotation agrees."""
    path = write_video(
        tmp_path / "v.mp4", [quadrants()], codec="libx264", pixels="yuv444p", rotation=rotation
    )
    image = read(path)[0].image.astype(int)
    found = (image[4, 4], image[4, -5], image[-5, 4], image[-5, -5])
    assert image.shape == ((64, 96, 3) if rotation == 180 else (96, 64, 3))
    assert all(np.abs(pixel - corner).max() < 12 for pixel, corner in zip(found, corners, strict=True))


def test_non_square_pixels_are_made_square(tmp_path: Path) -> None:
    path = write_video(
        tmp_path / "v.mkv", numbered(1), codec="mpeg4", pixels="yuv420p", aspect=Fraction(4, 3)
    )
    frames = read(path)
    assert frames[0].image.shape == (64, 128, 3)


def test_times_count_from_the_first_frame(tmp_path: Path) -> None:
    frames = read(write_video(tmp_path / "v.mkv", numbered(5), [2000, 2010, 2100, 2133, 3500]))
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.010, 0.100, 0.133, 1.5])


def test_times_of_a_video_that_starts_after_its_sound_match_a_player(tmp_path: Path) -> None:
    path = builders.write_video(tmp_path / "v.mp4", 1.0, first_s=5.0, sound_first_s=0.0)
    source = VideoFile(path, "fast")
    frames = list(source.frames())
    assert (frames[0].time_s, frames[-1].time_s) == pytest.approx((5.0, 5.96), abs=0.05)
    assert not source.facts.is_cut_off


def test_a_late_start_in_matroska_is_not_taken_for_a_truncated_file(tmp_path: Path) -> None:
    path = builders.write_video(tmp_path / "v.mkv", 4.0, first_s=5.0, sound_first_s=0.0)
    source = VideoFile(path, "fast")
    assert len(list(source.frames())) == 100
    assert not source.facts.is_cut_off


def test_one_wrong_timestamp_changes_neither_other_times_nor_the_rate(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.mkv", numbered(20), options={"cluster_time_limit": "1"})
    # Each frame has its own cluster; the tenth one's time, 360 ms, becomes 65,535.
    path.write_bytes(path.read_bytes().replace(b"\xe7\x82\x01\x68", b"\xe7\x82\xff\xff"))
    with av.open(str(path)) as container:
        assert max(frame.time for frame in container.decode(video=0)) > 60
    source = VideoFile(path, "fast")
    assert [frame.time_s for frame in source.frames()] == pytest.approx(
        [0.04 * number for number in range(20)]
    )
    assert source.facts.pictures_per_s == pytest.approx(25)
    assert not source.facts.is_cut_off
    assert list(source.facts.remarks(path)) == []


def test_a_jump_in_time_is_reported_without_affecting_rate_or_pace(tmp_path: Path) -> None:
    times_ms = [40 * number + 3_600_000 * (number >= 10) for number in range(20)]
    path = write_video(tmp_path / "v.mkv", numbered(20), times_ms)
    source = VideoFile(path)
    started_s = time.monotonic()
    frames = list(source.frames())
    assert time.monotonic() - started_s < 5
    assert frames[-1].time_s == pytest.approx(3600.76)
    assert [frame.index for frame in frames if frame.after_leap] == [10]
    assert source.facts.pictures_per_s == pytest.approx(25)
    assert "jump from 0.4 to 3600.4 seconds" in " ".join(map(str, source.facts.remarks(path)))


@pytest.mark.parametrize(("shown", "different"), [(1, 25.0), (4, 6.2)])
def test_repeated_frames_are_not_counted_as_new(tmp_path: Path, shown: int, different: float) -> None:
    pictures = [picture for picture in numbered(100 // shown) for _ in range(shown)]
    source = VideoFile(write_video(tmp_path / "v.mkv", pictures), "fast")
    assert len(list(source.frames())) == 100
    assert source.facts.different_per_s == pytest.approx(different, abs=0.2)


def test_transport_streams_joined_by_cat_follow_each_other(tmp_path: Path) -> None:
    part = write_video(tmp_path / "part.ts", numbered(20), codec="libx264", pixels="yuv420p")
    joined = tmp_path / "joined.ts"
    joined.write_bytes(part.read_bytes() * 2)
    frames = read(joined)
    assert [frame.time_s for frame in frames] == pytest.approx([0.04 * number for number in range(40)])
    assert [frame.index for frame in frames if frame.after_leap] == [20]


def transport_stream(path: Path, sounds: int) -> bytes:
    """A second of video with some sound tracks."""
    with av.open(str(path), "w", format="mpegts") as container:
        video = container.add_stream("mpeg2video", rate=25)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        tracks = [container.add_stream("mp2", rate=48_000) for _ in range(sounds)]
        for number, picture in enumerate(numbered(25)):
            frame = av.VideoFrame.from_ndarray(np.resize(picture, (48, 64, 3)), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(video.encode(frame))
        for track in tracks:
            silence = av.AudioFrame.from_ndarray(np.zeros((1, 2304), np.int16), "s16", "stereo")
            silence.rate, silence.pts = 48_000, 0
            container.mux(track.encode(silence))
        container.mux(video.encode())
    return path.read_bytes()


def test_tracks_that_begin_in_the_middle_of_a_transport_stream_end_nothing(tmp_path: Path) -> None:
    """As when a broadcast changes its program; PyAV fails with an IndexError at the end."""
    few, many = (transport_stream(tmp_path / "part.ts", sounds) for sounds in (1, 12))
    # FFmpeg looks for tracks in the first 5 MB and in the last 250 kB of a file.
    padding = (b"\x47\x1f\xff\x10" + b"\xff" * 184) * 30_000
    (tmp_path / "joined.ts").write_bytes(few + padding + many + padding[:500_000] + few)
    with av.open(str(tmp_path / "joined.ts")) as container:
        assert len(container.streams) == 2
    assert len(read(tmp_path / "joined.ts")) == 75


def test_an_impossible_pixel_aspect_is_ignored_and_reported(tmp_path: Path) -> None:
    path = write_video(
        tmp_path / "v.mp4", numbered(2), codec="libx264", pixels="yuv420p", aspect=Fraction(16, 1)
    )
    source = VideoFile(path, "fast")
    assert [frame.image.shape for frame in source.frames()] == [(64, 96, 3)] * 2
    assert "implausible pixel aspect ratio of 16. Its pixels are treated as square" in " ".join(
        map(str, source.facts.remarks(path))
    )


def test_very_large_frames_are_scaled_down(tmp_path: Path) -> None:
    large = [np.zeros((2048, 8192, 3), np.uint8)]
    path = write_video(tmp_path / "v.mkv", large, codec="mjpeg", pixels="yuvj420p")
    assert read(path)[0].image.shape == (1024, 4096, 3)


def test_a_title_that_is_not_utf_8_is_ignored(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.avi", numbered(3), codec="mpeg4", pixels="yuv420p")
    with av.open(str(path)) as source, av.open(str(tmp_path / "titled.avi"), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        target.metadata["title"] = "R@@union"
        for packet in source.demux(source.streams.video[0]):
            if packet.size:
                packet.stream = stream
                target.mux(packet)
    titled = tmp_path / "titled.avi"
    titled.write_bytes(titled.read_bytes().replace(b"R@@union", b"R\xe9\xc5union"))
    assert len(read(titled)) == 3


@pytest.mark.parametrize("name", ["10:30.mp4", "http:x.mp4", "concat:a|b.mp4", "-.mp4", "%d.mp4"])
def test_file_names_are_never_opened_as_urls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    written = write_video(tmp_path / "v.mp4", numbered(3), codec="libx264", pixels="yuv420p")
    written.rename(tmp_path / name)
    assert len(read(Path(name))) == 3
    assert length_s(Path(name)) == pytest.approx(0.12)


def write_tracks(path: Path, pictures: list[np.ndarray], default: int | None) -> Path:
    """A file with one video track per image, one of them the default track."""
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("libx264", rate=25) for _ in pictures]
        for number, (stream, picture) in enumerate(zip(streams, pictures, strict=True)):
            stream.height, stream.width = picture.shape[:2]
            stream.pix_fmt = "yuv420p"
            stream.disposition = Disposition.default if number == default else Disposition.dub
        container.start_encoding()
        for stream, picture in zip(streams, pictures, strict=True):
            for _ in range(5):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
            container.mux(stream.encode())
    return path


@pytest.mark.parametrize(
    ("default", "with_face", "expected"), [(0, 1, 0), (1, 0, 1), (None, 1, 1), (None, 0, 0)]
)
def test_the_default_video_track_or_one_with_a_face_is_read(
    tmp_path: Path, default: int | None, with_face: int, expected: int
) -> None:
    slides, person = np.full((64, 96, 3), 40, np.uint8), np.full((48, 64, 3), 200, np.uint8)
    pictures = [person, slides] if with_face == 0 else [slides, person]
    path = write_tracks(tmp_path / "v.mkv", pictures, default)
    source = VideoFile(path, "fast", lambda image: image.mean() > 100)
    frame = next(source.frames())
    assert frame.image.shape == pictures[expected].shape
    list(source.frames())
    assert f"2 video tracks. Track {expected + 1} was used" in " ".join(map(str, source.facts.remarks(path)))


def test_real_time_delivers_frames_when_they_are_due(tmp_path: Path) -> None:
    source = VideoFile(write_video(tmp_path / "v.mkv", numbered(9), [0, 20, 50, 60, 150, 160, 250, 300, 400]))
    late_s = [time.monotonic() - source.clock_of_first_frame - frame.time_s for frame in source.frames()]
    assert min(late_s) >= -0.001
    assert sorted(late_s)[4] < 0.05


def test_a_slow_consumer_gets_every_frame_with_its_own_time(tmp_path: Path) -> None:
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
    source = VideoFile(write_video(tmp_path / "v.mkv", numbered(2), [0, 9_000]))
    frames = source.frames()
    next(frames)
    threading.Timer(0.1, source.stop).start()
    started_s = time.monotonic()
    assert next(frames, None) is None
    assert time.monotonic() - started_s < 2.0


def test_the_duration_is_that_of_the_container(tmp_path: Path) -> None:
    assert length_s(write_video(tmp_path / "v.mkv", numbered(5))) == pytest.approx(0.2)
    assert length_s(write_text(tmp_path / "v.mp4")) is None


def test_a_file_can_be_read_again(tmp_path: Path) -> None:
    source = VideoFile(write_video(tmp_path / "v.mkv", numbered(3)), "fast")
    assert [f.time_s for f in source.frames()] == [f.time_s for f in source.frames()]


def test_broken_packets_are_skipped(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.mkv", numbered(6), codec="mjpeg", pixels="yuvj420p", broken=(2, 4))
    assert [frame.time_s for frame in read(path)] == pytest.approx([0.0, 0.04, 0.12, 0.20])


def test_a_file_with_only_broken_packets_is_reported(tmp_path: Path) -> None:
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
def test_a_file_that_is_no_video_is_a_one_line_error(tmp_path: Path, make: object, name: str) -> None:
    path = make(tmp_path / name)  # type: ignore[operator]
    with pytest.raises(UserError, match=r"Cannot play .* as a video") as raised:
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
