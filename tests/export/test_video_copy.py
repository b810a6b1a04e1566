"""What a copy of a video keeps besides the picture, with captions as a track or burnt in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import pytest
from av.stream import Disposition

from klipnet_live.export.burn_in import burn_in
from klipnet_live.export.subtitle_track import add_subtitle_track
from klipnet_live.export.video_copy import Reporter
from tests.builders import line, write_lecture

Copy = Callable[[Path, Path, Reporter], None]


def with_a_track(source: Path, target: Path, reporter: Reporter) -> None:
    add_subtitle_track(source, target, [line()], language="ko", reporter=reporter)


def burnt_in(source: Path, target: Path, reporter: Reporter) -> None:
    burn_in(source, target, [line()], lambda image, captions: None, reporter=reporter)


COPIES = pytest.mark.parametrize("copy", [with_a_track, burnt_in])


@pytest.fixture(scope="module")
def lecture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lecture(tmp_path_factory.mktemp("lecture") / "lecture.mkv")


@COPIES
def test_subtitles_of_another_language_are_kept_but_not_the_default(
    copy: Copy, lecture: Path, tmp_path: Path
) -> None:
    notes: list[Exception] = []
    copy(lecture, tmp_path / "copy.mkv", Reporter(note=notes.append))
    assert notes == []
    with av.open(str(tmp_path / "copy.mkv")) as copied:
        german, *captions = copied.streams.subtitles
        assert (german.language, german.disposition) == ("ger", Disposition(0))
        assert [track.language for track in captions] == ["kor"] * (copy is with_a_track)
        (packet,) = (packet for packet in copied.demux(german) if packet.size)
        assert (bytes(packet), float(packet.pts * packet.time_base)) == (
            b"Guten Tag",
            pytest.approx(0.5, abs=0.05),
        )


@COPIES
@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_languages_title_and_chapters_are_kept(
    copy: Copy, ending: str, lecture: Path, tmp_path: Path
) -> None:
    copy(lecture, tmp_path / f"copy{ending}", Reporter())
    with av.open(str(tmp_path / f"copy{ending}")) as copied:
        assert [sound.language for sound in copied.streams.audio] == ["kor", "deu"]
        assert [bool(sound.disposition & Disposition.default) for sound in copied.streams.audio] == [
            False,
            True,
        ]
        assert copied.metadata["title"] == "My talk"
        chapters = copied.chapters()
        assert [chapter["metadata"]["title"] for chapter in chapters] == ["Intro", "Rest"]
        starts = [float(chapter["start"] * chapter["time_base"]) for chapter in chapters]
        assert starts == pytest.approx([0, 1], abs=0.05)


@COPIES
def test_streams_that_cannot_be_kept_are_reported_once(copy: Copy, lecture: Path, tmp_path: Path) -> None:
    notes: list[Exception] = []
    target = tmp_path / "copy.mp4"
    copy(lecture, target, Reporter(note=notes.append))
    (note,) = map(str, notes)
    assert str(target) in note
    assert note.endswith(": srt (ger).")
