from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.captions.line_break import LineLimits, break_lines, columns, latest_page, pages

WORDS = st.lists(st.text("abc가나다힣", min_size=1, max_size=60), max_size=30)


def test_korean_lines_hold_16_syllables_and_latin_lines_42_letters() -> None:
    limits = LineLimits()
    assert limits.of("bin blue at f two now") == 42
    assert limits.of("빨간 블록") == 2 * 16
    assert limits.of("Zoom 회의") == 2 * 16
    assert limits.of(unicodedata.normalize("NFD", "회의")) == 2 * 16


def test_a_syllable_is_as_wide_as_two_letters() -> None:
    assert columns("회의") == columns("Zoom") == 4
    assert columns("e\u0301") == 1, "a combining accent has no width"
    assert break_lines("학생 축구 그러나 사 주황", LineLimits().of("축구")) == ["학생 축구 그러나 사 주황"]


@pytest.mark.parametrize("width", range(12, 30))
def test_no_line_ends_inside_the_name(width: int) -> None:
    lines = break_lines("빨간 학생 축구 그러나 사 주황", width, lead="화자 1:")
    assert lines[0].startswith("화자 1:")
    assert " ".join(lines) == "화자 1: 빨간 학생 축구 그러나 사 주황"
    assert all(columns(line) <= width for line in lines)


def test_a_name_is_followed_by_text_in_its_line() -> None:
    assert break_lines("bin blue at f two now", 42, lead="Speaker 1:") == ["Speaker 1: bin blue at f two now"]
    assert break_lines("빨간 학생 축구 그러나 사 주황", 20, lead="화자 1:")[0] == "화자 1: 빨간 학생"


def test_lines_break_between_words_and_are_balanced() -> None:
    text = "place the small red block on the table and then please wait"
    assert break_lines(text, 42) == ["place the small red block on", "the table and then please wait"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert break_lines("가" * 20, 32) == ["가" * 16, "가" * 4]


def test_decomposed_hangul_counts_syllables() -> None:
    text = unicodedata.normalize("NFD", "안녕하세요 저는 민수입니다")
    assert break_lines(text, 32) == ["안녕하세요 저는 민수입니다"]


@given(WORDS, st.integers(2, 50))
def test_no_line_is_too_long_and_no_character_is_lost(words: list[str], limit: int) -> None:
    lines = break_lines(" ".join(words), limit)
    assert all(columns(line) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(words)
    if all(columns(word) <= limit for word in words):
        assert " ".join(lines).split() == words


def test_pages_have_at_most_two_lines() -> None:
    assert [len(page) for page in pages(" ".join(["blue"] * 40), 42)] == [2, 2, 1]
    assert pages("", 42) == []


@pytest.mark.parametrize("more", ["", " and", " and then some more words"])
def test_growing_text_does_not_move_its_full_lines(more: str) -> None:
    text = "place the small red block on the table next to"
    before, after = latest_page(text, 42), latest_page(text + more, 42)
    assert after[0] == before[0] == "place the small red block on the table"
