from __future__ import annotations

from pathlib import Path

import av
import pytest

from klipnet_live.export.subtitle_track import add_subtitle_track
from klipnet_live.export.video_copy import CancelledError, Reporter
from klipnet_live.types import UserError
from tests.builders import line, write_video

TALK = [
    line("bin blue at f two now", 0.4, 1.4, "1", "Ann"),
    line("안녕하세요 {여러분}", 1.0, 1.9, "2", "철수"),
]


def media(path: Path) -> list[bytes]:
    """The content of video and audio packets."""
    with av.open(str(path)) as container:
        streams = [container.streams.video[0], *container.streams.audio]
        return sorted(bytes(packet) for packet in container.demux(streams) if packet.size)


def subtitles(path: Path) -> list[tuple[float, float, str]]:
    """Start and duration in seconds since the first frame, and text, of each subtitle."""
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        first_s = float((video.start_time or 0) * (video.time_base or 0))
        found = []
        for packet in container.demux(subtitles=0):
            for shown in packet.decode():
                start_s, length_s = packet.pts * packet.time_base, packet.duration * packet.time_base
                text = shown.ass.decode().split(",", 8)[8]
                found.append((round(float(start_s) - first_s, 2), round(float(length_s), 2), text))
    return found


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_a_track_is_added_and_all_other_streams_are_unchanged(tmp_path: Path, ending: str) -> None:
    source = write_video(tmp_path / f"source{ending}")
    target = tmp_path / f"copy{ending}"
    add_subtitle_track(source, target, TALK, language="ko")
    assert subtitles(target) == [
        (0.4, 0.6, "Ann: bin blue at f two now"),
        (1.0, 0.4, r"- Ann: bin blue at f two now\N- 철수: 안녕하세요 (여러분)"),
        (1.4, 0.85, "철수: 안녕하세요 (여러분)"),
    ]
    assert media(target) == media(source)
    with av.open(str(target)) as container:
        [track] = container.streams.subtitles
        assert track.language == "kor"
        assert track.codec_context.name == {".mp4": "mov_text", ".mkv": "srt"}[ending]
    assert set(tmp_path.iterdir()) == {source, target}


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_matroska_sources_lose_no_frame(tmp_path: Path, ending: str) -> None:
    # With reordered frames, Matroska has no decode time in the first packets.
    source = tmp_path / "source.mkv"
    write_video(source, sound=False)
    reordered = tmp_path / "reordered.mkv"
    _with_reordering(source, reordered)
    with av.open(str(reordered)) as container:
        lacking = [p for p in container.demux(video=0) if p.size and p.dts is None]
    assert lacking, "the source must show the problem"
    target = tmp_path / f"copy{ending}"
    add_subtitle_track(reordered, target, TALK, language="en")
    assert len(media(target)) == 50


def test_captions_are_shifted_for_a_late_start(tmp_path: Path) -> None:
    source = write_video(tmp_path / "late.mkv", first_s=5.0)
    add_subtitle_track(source, tmp_path / "copy.mkv", TALK[:1], language="en", names="never")
    assert subtitles(tmp_path / "copy.mkv") == [(0.4, 1.05, "bin blue at f two now")]


def test_captions_after_the_last_frame_are_kept(tmp_path: Path) -> None:
    source = write_video(tmp_path / "source.mp4", 0.4)
    add_subtitle_track(source, tmp_path / "copy.mkv", [line("late", 3.0, 4.0)], language="en")
    assert [text for _, _, text in subtitles(tmp_path / "copy.mkv")] == ["late"]


def test_a_codec_that_mp4_cannot_hold_is_refused_with_advice_to_use_mkv(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "vp8.mkv"), "w") as container:
        stream = container.add_stream("libvpx", rate=25)
        stream.width, stream.height = 64, 48
        for picture in _grey_pictures():
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    with pytest.raises(UserError, match=r"Use the extension \.mkv for the copy"):
        add_subtitle_track(tmp_path / "vp8.mkv", tmp_path / "copy.mp4", TALK, language="en")
    assert not (tmp_path / "copy.mp4").exists()


def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    source = write_video(tmp_path / "source.mp4")
    reporter = Reporter(cancelled=lambda: True)
    with pytest.raises(CancelledError):
        add_subtitle_track(source, tmp_path / "c.mp4", TALK, language="en", reporter=reporter)
    assert list(tmp_path.iterdir()) == [source]


def _with_reordering(source: Path, target: Path) -> None:
    with av.open(str(source)) as old, av.open(str(target), "w") as new:
        stream = new.add_stream("libx264", rate=25, options={"preset": "veryfast", "bf": "2"})
        stream.width, stream.height = 320, 240
        for frame in old.decode(video=0):
            frame.pict_type = av.video.frame.PictureType.NONE
            new.mux(stream.encode(frame))
        new.mux(stream.encode(None))


def _grey_pictures() -> list[av.VideoFrame]:
    return [av.VideoFrame(64, 48, "yuv420p") for _ in range(5)]
