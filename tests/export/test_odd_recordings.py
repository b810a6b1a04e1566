"""Copies of recordings with unusual timestamps, sizes and names."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.burn_in import burn_in
from klipnet_live.export.captioning import write_captions
from klipnet_live.types import Image
from tests.builders import line, write_video
from tests.capture import videos

Write = Callable[[Path, Path, list[CaptionLine]], object]


def with_a_track(source: Path, target: Path, lines: list[CaptionLine]) -> None:
    write_captions(source, target, lines, "en")


def burnt_in(source: Path, target: Path, lines: list[CaptionLine]) -> None:
    write_captions(source, target, lines, "en", paint=lambda image, captions: image.fill(0))


WAYS = pytest.mark.parametrize("write", [with_a_track, burnt_in])


def shown_at(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(picture.time or 0) for picture in container.decode(video=0)]


def moving(count: int, size: tuple[int, int] = (96, 64)) -> list[Image]:
    """A moving bright bar, which makes an encoder reorder frames."""
    pictures = []
    for number in range(count):
        image = np.full((size[1], size[0], 3), 60, np.uint8)
        image[:, 2 * number : 2 * number + 12] = 220
        pictures.append(image)
    return pictures


def raw_h264(path: Path, count: int = 40) -> Path:
    """As surveillance cameras write it: packets without timestamps."""
    coded = videos.write_video(path.with_suffix(".mkv"), moving(count), codec="libx264", pixels="yuv420p")
    with av.open(str(coded)) as source, av.open(str(path), "w", format="h264") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                target.mux(packet)
    coded.unlink()
    return path


def place_of_bar(grey: Image) -> float:
    return float(np.flatnonzero(grey.mean(axis=0) > 140).mean())


@WAYS
@pytest.mark.parametrize("ending", [".mkv", ".mp4"])
def test_raw_h264_becomes_a_video_that_plays(tmp_path: Path, write: Write, ending: str) -> None:
    source, target = raw_h264(tmp_path / "cctv.h264"), tmp_path / f"copy{ending}"
    write(source, target, [])
    times = shown_at(target)
    assert [round(one - times[0], 2) for one in times] == pytest.approx([0.04 * n for n in range(40)])
    with av.open(str(target)) as container:
        bars = [place_of_bar(picture.to_ndarray(format="gray")) for picture in container.decode(video=0)]
    assert bars == sorted(bars)


@WAYS
def test_captions_of_a_video_with_a_late_start_have_the_times_of_the_file(
    tmp_path: Path, write: Write
) -> None:
    source = write_video(tmp_path / "late.mp4", 2.0, first_s=5.0, sound_first_s=0.0)
    target = tmp_path / "copy.mkv"
    write(source, target, [line("hello", 5.6, 6.4)])
    with av.open(str(target)) as container:
        times = [
            (float(picture.time or 0), picture.to_ndarray(format="gray").mean())
            for picture in container.decode(video=0)
        ]
    assert times[0][0] == pytest.approx(5.0, abs=0.05)
    if write is burnt_in:
        dark = [time_s for time_s, brightness in times if brightness < 30]
        assert (dark[0], dark[-1]) == pytest.approx((5.6, 6.4), abs=0.06)
    else:
        with av.open(str(target)) as container:
            (packet, *_) = (p for p in container.demux(subtitles=0) if p.size)
            assert float(packet.pts * packet.time_base) == pytest.approx(5.6, abs=0.05)


@WAYS
@pytest.mark.parametrize("ending", [".mkv", ".mp4"])
def test_joined_transport_streams_become_one_video(tmp_path: Path, write: Write, ending: str) -> None:
    part = write_video(tmp_path / "part.ts", 2.0)
    joined, target = tmp_path / "joined.ts", tmp_path / f"copy{ending}"
    joined.write_bytes(part.read_bytes() * 2)
    write(joined, target, [line("hello", 2.6, 3.4)])
    times = shown_at(target)
    assert len(times) == 100
    assert max(after - before for before, after in pairwise(times)) < 0.1


def test_frames_that_become_larger_are_scaled_and_not_cropped(tmp_path: Path) -> None:
    small, large = videos.quadrants(96, 64), videos.quadrants(192, 128)
    parts = [
        videos.write_video(tmp_path / f"{n}.ts", [picture] * 5, codec="libx264", pixels="yuv420p")
        for n, picture in enumerate((small, large))
    ]
    source = tmp_path / "grows.ts"
    source.write_bytes(b"".join(part.read_bytes() for part in parts))
    burn_in(source, tmp_path / "copy.mkv", [line("x", 0.0, 1.0)], lambda image, captions: None)
    with av.open(str(tmp_path / "copy.mkv")) as container:
        *_, last = (picture.to_ndarray(format="rgb24") for picture in container.decode(video=0))
    assert last.shape == small.shape
    for row, column in ((8, 8), (8, -8), (-8, 8), (-8, -8)):
        assert np.abs(last[row, column].astype(int) - small[row, column]).max() < 40


@WAYS
def test_a_copy_is_written_under_any_file_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    monkeypatch.chdir(tmp_path)
    write_video(tmp_path / "v.mp4", 0.4).rename(tmp_path / "10:30.mp4")
    write(Path("10:30.mp4"), Path("11:45.mkv"), [])
    assert len(shown_at(tmp_path / "11:45.mkv")) == 10
