from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.lips.hangul import Composed, compose, decompose

SYLLABLES = st.text(st.sampled_from([chr(code) for code in range(0xAC00, 0xD7A4)]), min_size=1)


@given(SYLLABLES)
def test_every_syllable_survives_the_round_trip(text: str) -> None:
    assert compose(decompose(text)).text == text


@given(SYLLABLES)
def test_decomposing_agrees_with_unicode(text: str) -> None:
    assert decompose(text) == unicodedata.normalize("NFD", text)


def test_decomposed_input_is_accepted() -> None:
    assert decompose(unicodedata.normalize("NFD", "학생 축구")) == decompose("학생 축구")


@pytest.mark.parametrize(
    ("jamo", "expected"),
    [
        ("", Composed("")),
        ("\u1112", Composed("", "", "ㅎ")),
        ("\u1112\u1161", Composed("", "하")),
        ("\u1112\u1161\u11a8", Composed("학")),
        ("\u1112\u1161\u1100", Composed("하", "", "ㄱ")),
        ("\u1112\u1161\u1100\u1161", Composed("하", "가")),
        ("\u1112\u1161 ", Composed("하 ")),
    ],
)
def test_last_syllable_stays_open_until_something_closes_it(jamo: str, expected: Composed) -> None:
    assert compose(jamo) == expected


@pytest.mark.parametrize(
    "jamo", ["\u1161학", "\u11a8학", "\u1112학", "\u1112\u11a8학", "\u1112\u1112\u1161\u11a8"]
)
def test_jamo_that_form_no_syllable_are_dropped(jamo: str) -> None:
    assert compose(decompose(jamo)).text == "학"


@given(st.text(st.sampled_from([chr(c) for c in range(0x1100, 0x1200)] + [" ", "a"])))
def test_more_jamo_only_append_to_closed_text(jamo: str) -> None:
    closed = [compose(jamo[:length]).closed for length in range(len(jamo) + 1)]
    assert all(later.startswith(earlier) for earlier, later in pairwise(closed))
