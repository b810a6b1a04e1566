"""External text is made safe for terminals and file names."""

from __future__ import annotations

import io
import re
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.plain_text import file_name, one_line, say

TEXTS = st.text(st.characters(exclude_categories=()), max_size=400)


@given(TEXTS)
def test_terminal_text_is_one_line_without_control_sequences(text: str) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    say(text, out)
    out.seek(0)
    printed = out.read()
    assert printed.endswith("\n")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed[:-1])


def test_harmless_text_is_unchanged() -> None:
    for text in ("안녕하세요, Zoom!", "a  b", "naïve – “quoted” 👩‍👩‍👧"):
        assert one_line(text) == text
    assert one_line("one\r\ntwo\x1b[31m") == "one two\ufffd[31m"


@given(TEXTS)
def test_any_text_becomes_a_name_that_is_no_path(text: str) -> None:
    name = file_name(text, "captions", ".srt")
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert name.endswith(".srt")
    assert len(name.encode()) <= 255


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../outside/x", "outside x"),
        ("/etc/passwd", "etc passwd"),
        ("C:\\x", "C x"),
        ("...", "captions"),
        ("con.txt", "_con.txt"),
        ("회의 2026-01-02", "회의 2026-01-02"),
    ],
)
def test_paths_and_devices_become_plain_names(text: str, name: str) -> None:
    assert file_name(text, "captions") == name


def test_the_names_are_valid_file_names(tmp_path: Path) -> None:
    path = tmp_path / file_name("가" * 300 + "\ud800\x00", "captions", ".jsonl")
    path.touch()
    assert path.parent == tmp_path
