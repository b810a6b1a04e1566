from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pysubs2
import pytest

from klipnet_live.captions.line_break import columns
from klipnet_live.export.subtitles import clock, write_lines
from klipnet_live.types import UserError
from tests.builders import REPOSITORY, line

TALK = [
    line("안녕하세요 저는 입술을 읽는 프로그램입니다", 2.0, 5.0, "2", "철수"),
    line("bin blue at f two now", 0.4, 3.4, "1", "Ann"),
]


def test_srt_has_names_and_shares_overlaps(tmp_path: Path) -> None:
    write_lines(tmp_path / "talk.srt", TALK)
    events = pysubs2.load(str(tmp_path / "talk.srt"), encoding="utf-8").events
    assert [(event.start, event.end) for event in events] == [(400, 2000), (2000, 3400), (3400, 5000)]
    assert events[0].plaintext == "Ann: bin blue at f two now"
    assert events[1].plaintext.splitlines()[0] == "- Ann: bin blue at f two now"
    assert events[1].plaintext.splitlines()[1].startswith("- 철수: 안녕하세요")
    assert all(columns(text) <= 32 for text in events[2].plaintext.splitlines())


def test_one_speaker_needs_no_name(tmp_path: Path) -> None:
    write_lines(tmp_path / "one.srt", TALK[1:])
    write_lines(tmp_path / "named.srt", TALK[1:], names="always")
    assert pysubs2.load(str(tmp_path / "one.srt"))[0].plaintext == "bin blue at f two now"
    assert pysubs2.load(str(tmp_path / "named.srt"))[0].plaintext == "Ann: bin blue at f two now"


def test_a_continued_line_has_its_name_beside_another_speaker(tmp_path: Path) -> None:
    lines = [line("set white by p zero please " * 4, 0, 8, "1", "Ann"), line("yes", 6, 8, "2", "Ben")]
    write_lines(tmp_path / "talk.srt", lines)
    *before, last = [event.plaintext for event in pysubs2.load(str(tmp_path / "talk.srt"))]
    assert not before[-1].startswith("Ann"), "alone, it needs no name"
    assert last.startswith("- Ann: ")
    assert last.endswith("- Ben: yes")


def test_a_korean_name_is_not_broken_across_lines(tmp_path: Path) -> None:
    lines = [line("학생 축구 그러나 사 주황", 0, 2, "1", "화자 1"), line("빨간 학생", 3, 5, "2", "화자 2")]
    write_lines(tmp_path / "ko.srt", lines)
    texts = [event.plaintext for event in pysubs2.load(str(tmp_path / "ko.srt"))]
    assert texts == ["화자 1: 학생 축구 그러나 사 주황", "화자 2: 빨간 학생"]


def test_vtt_has_voices_and_escapes_markup(tmp_path: Path) -> None:
    write_lines(tmp_path / "talk.vtt", [*TALK, line("a < b & c --> d {x}", 7, 9, "1", "A & B")])
    text = (tmp_path / "talk.vtt").read_text("utf-8")
    assert text.startswith("WEBVTT\n\n")
    assert "00:00:00.400 --> 00:00:03.400\n<v Ann>bin blue" in text
    assert "00:00:02.000 --> 00:00:05.000\n<v 철수>안녕하세요" in text
    assert "<v A &amp; B>a &lt; b &amp; c --&gt; d {x}" in text


def test_txt_is_one_line_a_caption_in_order(tmp_path: Path) -> None:
    write_lines(tmp_path / "talk.txt", TALK)
    assert (tmp_path / "talk.txt").read_text("utf-8").splitlines() == [
        "[0:00:00.4] Ann: bin blue at f two now",
        "[0:00:02.0] 철수: 안녕하세요 저는 입술을 읽는 프로그램입니다",
    ]


def test_json_and_jsonl_have_all_fields(tmp_path: Path) -> None:
    write_lines(tmp_path / "talk.json", TALK)
    write_lines(tmp_path / "talk.jsonl", TALK)
    wanted = [TALK[1].as_dict(), TALK[0].as_dict()]
    assert json.loads((tmp_path / "talk.json").read_text("utf-8"))["lines"] == wanted
    assert [json.loads(row) for row in (tmp_path / "talk.jsonl").read_text("utf-8").splitlines()] == wanted
    assert "철수" in (tmp_path / "talk.json").read_text("utf-8")


def test_csv_opens_in_excel_and_quotes_commas(tmp_path: Path) -> None:
    write_lines(tmp_path / "talk.csv", [line('yes, "blue"', 1, 2)])
    data = (tmp_path / "talk.csv").read_bytes()
    assert data.startswith("\ufeff".encode())
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert (row["text"], row["start_s"], row["name"]) == ('yes, "blue"', "1", "Speaker 1")


@pytest.mark.parametrize("ending", [".srt", ".vtt", ".txt", ".json", ".jsonl", ".csv"])
def test_no_captions_give_a_valid_file(tmp_path: Path, ending: str) -> None:
    write_lines(tmp_path / f"none{ending}", [])
    assert (tmp_path / f"none{ending}").exists()


def test_a_missing_folder_is_a_one_line_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"does not exist\. Create it"):
        write_lines(tmp_path / "no" / "talk.srt", TALK)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_an_unwritable_folder_is_not_reported_as_missing() -> None:
    with pytest.raises(UserError, match=r"No permission to write /proc/talk\.srt\. Choose another folder"):
        write_lines(Path("/proc/talk.srt"), TALK)


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "talk.txt"
    write_lines(target, TALK)
    before = target.read_bytes()
    program = f"""
import sys, resource
sys.path.insert(0, "tests")
from pathlib import Path
from tests.builders import line
from klipnet_live.export.subtitles import write_lines
from klipnet_live.types import UserError
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
try:
    write_lines(Path({str(target)!r}), [line("blue " * 20, i, i + 1) for i in range(500)])
except UserError as problem:
    print(problem)
"""
    output = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=REPOSITORY
    ).stdout
    assert "no space left" in output
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_timestamps_have_hours() -> None:
    assert clock(3725.25) == "1:02:05.2"
    assert clock(59.99) == "0:01:00.0"


HOSTILE = "one\n\n2\n00:00:09,000 --> 00:00:10,000\r\nfalse\u2028cue\\N{\\an8}<font size=200>two\x00"


@pytest.mark.parametrize("where", ["name", "text"])
@pytest.mark.parametrize("ending", [".srt", ".vtt", ".txt"])
def test_names_and_texts_cannot_create_further_cues(tmp_path: Path, ending: str, where: str) -> None:
    lines = [replace(line("bin blue", 0, 2), **{where: HOSTILE}), line("set red", 3, 4, "2")]
    path = tmp_path / f"out{ending}"
    write_lines(path, lines, names="always")
    written = path.read_text("utf-8")
    if ending == ".txt":
        assert len(written.splitlines()) == 2
        return
    cues = pysubs2.load(str(path))
    assert cues[-1].end == 4000
    assert 9000 not in [cue.start for cue in cues]
    assert written.count("-->") == len(cues)
    assert "\\N" not in written
    assert "{" not in written or ending == ".vtt", "in plain text it is harmless"
    assert "<font" not in written


def test_no_csv_cell_is_a_formula(tmp_path: Path) -> None:
    formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|'/c calc'!A0", "＝1"]
    write_lines(
        tmp_path / "out.csv",
        [line(text, number, number + 1, name=text) for number, text in enumerate(formulas)],
    )
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(formulas)
    assert all(row[column][0] == "'" for row in rows for column in ("name", "text"))
