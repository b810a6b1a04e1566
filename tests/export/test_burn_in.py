from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from klipnet_live.captions.on_screen import ShownCaption
from klipnet_live.captions.painter import CaptionPainter
from klipnet_live.export.burn_in import burn_in
from klipnet_live.export.video_copy import CancelledError, Reporter
from klipnet_live.types import Image, UserError
from tests.builders import REPOSITORY, line, write_video

LINES = [line("bin blue", 0.5, 1.4), line("안녕하세요", 1.6, 1.9)]


def sound_packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def pictures(path: Path) -> list[tuple[float, Image]]:
    with av.open(str(path)) as container:
        return [(frame.time or 0.0, frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]


def lower_part(image: Image) -> float:
    """The contrast in the lowest third; near zero for a grey frame without captions."""
    return float(image[image.shape[0] * 2 // 3 :].std())


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_captions_are_burnt_in_at_their_times_and_sound_is_copied(
    tmp_path: Path, painter: CaptionPainter, ending: str
) -> None:
    source = write_video(tmp_path / f"source{ending}")
    target = tmp_path / f"copy{ending}"
    burn_in(source, target, LINES, painter.paint)
    before, after = pictures(source), pictures(target)
    assert len(after) == len(before) == 50
    first_s = after[0][0]
    for index, (time_s, image) in enumerate(after):
        assert time_s - first_s == pytest.approx(index / 25, abs=0.002)
        captioned = 0.5 <= index / 25 < 1.4 or index / 25 >= 1.6
        assert (lower_part(image) > 10) is captioned, index
        upper = image[:150].astype(int) - before[index][1][:150]
        assert np.abs(upper).mean() < 2.5, "the rest of each picture must be unchanged"
    assert sound_packets(target) == sound_packets(source)
    assert set(tmp_path.iterdir()) == {source, target}


def test_caption_times_count_from_the_first_frame(tmp_path: Path, painter: CaptionPainter) -> None:
    source = write_video(tmp_path / "late.mkv", first_s=5.0)
    burn_in(source, tmp_path / "copy.mkv", [line("hello", 1.0, 1.9)], painter.paint)
    shown = [lower_part(image) > 10 for _, image in pictures(tmp_path / "copy.mkv")]
    assert shown.index(True) == 25


def test_odd_sizes_and_silent_videos_work(tmp_path: Path, painter: CaptionPainter) -> None:
    source = write_video(tmp_path / "odd.mkv", 0.4, (321, 241), sound=False, codec="ffv1")
    burn_in(source, tmp_path / "copy.mp4", LINES, painter.paint)
    with av.open(str(tmp_path / "copy.mp4")) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (320, 240)


def test_progress_increases_and_names_are_shown_only_if_needed(tmp_path: Path) -> None:
    seen: list[ShownCaption] = []

    def paint(image: Image, captions: Sequence[ShownCaption]) -> None:
        seen.extend(captions)

    source = write_video(tmp_path / "source.mp4")
    parts: list[float] = []
    burn_in(source, tmp_path / "a.mp4", LINES, paint, reporter=Reporter(parts.append))
    assert parts == sorted(parts)
    assert parts[-1] > 0.9
    assert {caption.style.name for caption in seen} == {""}
    seen.clear()
    burn_in(source, tmp_path / "b.mp4", [*LINES, line("hi", 0, 1, "2", "Bo")], paint)
    assert {caption.style.name for caption in seen} == {"Speaker 1", "Bo"}


def test_cancelling_stops_at_once_and_leaves_no_file(tmp_path: Path, painter: CaptionPainter) -> None:
    source = write_video(tmp_path / "source.mp4")
    calls = itertools.count()
    reporter = Reporter(cancelled=lambda: next(calls) > 10)
    with pytest.raises(CancelledError):
        burn_in(source, tmp_path / "copy.mp4", LINES, painter.paint, reporter=reporter)
    assert next(calls) < 14
    assert list(tmp_path.iterdir()) == [source]


def test_cancelling_keeps_an_existing_file(tmp_path: Path, painter: CaptionPainter) -> None:
    source = write_video(tmp_path / "source.mp4")
    (tmp_path / "copy.mp4").write_bytes(b"precious")
    reporter = Reporter(cancelled=lambda: True)
    with pytest.raises(CancelledError):
        burn_in(source, tmp_path / "copy.mp4", LINES, painter.paint, reporter=reporter)
    assert (tmp_path / "copy.mp4").read_bytes() == b"precious"


def test_mistakes_are_one_line_errors(tmp_path: Path, painter: CaptionPainter) -> None:
    source = write_video(tmp_path / "source.mp4", 0.2)
    (tmp_path / "text.mp4").write_text("no video")
    copy = tmp_path / "copy.mp4"
    for path, target, message in [
        (tmp_path / "none.mp4", copy, "There is no file"),
        (tmp_path / "text.mp4", copy, "not a readable video"),
        (source, tmp_path / "no" / "copy.mp4", "does not exist"),
    ]:
        with pytest.raises(UserError, match=message):
            burn_in(path, target, LINES, painter.paint)
    assert not copy.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_full_disk_is_reported_and_leaves_no_file(tmp_path: Path) -> None:
    source = write_video(tmp_path / "source.mp4", 4.0)
    program = f"""
import resource
from pathlib import Path
from klipnet_live.export.burn_in import burn_in
from klipnet_live.types import UserError
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
try:
    burn_in(Path({str(source)!r}), Path({str(tmp_path / "copy.mp4")!r}), [], lambda image, captions: None)
except UserError as problem:
    print(problem)
"""
    output = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=REPOSITORY
    ).stdout
    assert "no space left" in output
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read the Linux way")
def test_memory_does_not_grow_with_the_length_of_the_video(tmp_path: Path) -> None:
    peaks = []
    for seconds in (4.0, 40.0):
        source = write_video(tmp_path / f"{seconds}.mp4", seconds, (160, 120))
        program = f"""
import resource
from pathlib import Path
from klipnet_live.export.burn_in import burn_in
burn_in(Path({str(source)!r}), Path({str(tmp_path / "copy.mp4")!r}), [], lambda image, captions: None)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=REPOSITORY
        )
        peaks.append(int(done.stdout))
    # A thousand stored frames would be 28 MiB.
    assert peaks[1] - peaks[0] < 12, peaks


def test_a_real_clip_keeps_its_sound(tmp_path: Path, shared_data: Path, painter: CaptionPainter) -> None:
    source = sorted((shared_data / "grid_s1" / "video").iterdir())[0]
    burn_in(source, tmp_path / "copy.mp4", LINES, painter.paint)
    assert sound_packets(tmp_path / "copy.mp4") == sound_packets(source)
    assert len(pictures(tmp_path / "copy.mp4")) == 75
