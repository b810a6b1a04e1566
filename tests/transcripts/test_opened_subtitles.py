"""Subtitles from other programs as transcripts, together with their video."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from klipnet_live.export.subtitles import write_lines
from klipnet_live.transcripts.opened_subtitles import open_subtitles
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import UserError
from tests.builders import line

SRT = """1
00:00:01,500 --> 00:00:03,250
<i>Good</i> morning,
everybody.

2
00:01:00,000 --> 00:01:02,000
- Ada: Hello
- 민수: 안녕하세요

"""
VTT = "WEBVTT\n\n00:01.500 --> 00:03.250\n<v Ada &amp; Bo>Good morning\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_lines_of_an_srt_file_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(SRT.encode(encoding))
    found = open_subtitles(path).lines
    assert [(one.name, one.text) for one in found] == [
        ("", "Good morning, everybody."),
        ("Ada", "Hello"),
        ("민수", "안녕하세요"),
    ]
    assert [(one.start_s, one.end_s) for one in found] == [(1.5, 3.25), (60, 62), (60, 62)]


def test_webvtt_voices_become_speakers(tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(VTT, encoding="utf-8")
    (found,) = open_subtitles(path).lines
    assert (found.name, found.text, found.start_s) == ("Ada & Bo", "Good morning", 1.5)


@pytest.mark.parametrize("ending", [".srt", ".vtt"])
def test_subtitles_written_by_the_app_are_read_back(tmp_path: Path, ending: str) -> None:
    written = [line("good morning", 1.0, 3.0, "1", "Ada"), line("안녕", 4.0, 6.0, "2", "민수")]
    write_lines(tmp_path / f"talk{ending}", written)
    found = open_subtitles(tmp_path / f"talk{ending}").lines
    assert [(one.name, one.text, one.start_s) for one in found] == [
        ("Ada", "good morning", 1.0),
        ("민수", "안녕", 4.0),
    ]


@pytest.mark.parametrize(
    ("subtitles", "video", "found"),
    [
        ("talk.srt", "talk.mp4", True),
        ("talk.ko.srt", "talk.MKV", True),
        ("talk captions.srt", "talk.mov", True),
        ("talk.srt", "other.mp4", False),
    ],
)
def test_the_video_with_the_same_name_is_found(
    tmp_path: Path, subtitles: str, video: str, found: bool
) -> None:
    (tmp_path / subtitles).write_text(SRT, encoding="utf-8")
    (tmp_path / video).touch()
    assert open_subtitles(tmp_path / subtitles).video == (tmp_path / video if found else None)


@pytest.mark.parametrize("content", [b"", b"no subtitles at all", bytes(range(256)) * 4, None])
def test_a_file_without_subtitles_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "talk.srt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"Cannot open .*talk\.srt as subtitles"):
        open_subtitles(path)


def test_opened_subtitles_can_be_corrected_and_saved_as_a_session(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_text(SRT, encoding="utf-8")
    (tmp_path / "talk.mp4").touch()
    store = SessionStore(tmp_path / "sessions")
    session = store.import_subtitles(tmp_path / "talk.srt", "en", datetime(2026, 3, 1, tzinfo=UTC))
    loaded = store.load(session)
    assert loaded.header.source == str(tmp_path / "talk.mp4")
    store.edit_line(session, loaded.lines[1].id, "Hello there")
    store.export(session, tmp_path / "out.srt")
    assert "Hello there" in (tmp_path / "out.srt").read_text(encoding="utf-8")
