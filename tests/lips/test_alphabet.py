from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.lips.alphabet import BLANK, alphabet_for, normalise_text
from klipnet_live.types import UserError

HANGUL = [chr(code) for code in range(0xAC00, 0xD7A4)]


def test_sizes_count_the_blank() -> None:
    assert alphabet_for("en").size == 1 + 1 + 26
    assert alphabet_for("ko").size == 1 + 1 + 19 + 21 + 27
    assert alphabet_for("ko-syllables").size == 11_174


@pytest.mark.parametrize("language", ["en", "ko", "ko-syllables"])
def test_ids_follow_the_order_of_the_symbols_and_leave_out_the_blank(language: str) -> None:
    alphabet = alphabet_for(language)
    ids = [alphabet.encode(symbol)[0] for symbol in alphabet.symbols]
    assert ids == list(range(1, alphabet.size))
    assert BLANK not in ids


@given(st.text(" " + string.ascii_lowercase))
def test_english_survives_the_round_trip(text: str) -> None:
    alphabet = alphabet_for("en")
    assert alphabet.decode(alphabet.encode(text)) == text


@pytest.mark.parametrize("language", ["ko", "ko-syllables"])
@given(text=st.text(st.sampled_from([" ", *HANGUL])))
def test_korean_survives_the_round_trip(language: str, text: str) -> None:
    alphabet = alphabet_for(language)
    assert alphabet.decode(alphabet.encode(text)) == text


def test_syllables_are_one_symbol_in_any_unicode_form() -> None:
    alphabet = alphabet_for("ko-syllables")
    assert alphabet.encode("가 힣") == [2, 1, 11_173]
    assert alphabet.encode(unicodedata.normalize("NFD", "학생")) == alphabet.encode("학생")
    assert alphabet.compose(alphabet.encode("학생")).closed == "학생", "no syllable waits for a final"
    with pytest.raises(ValueError, match="'ㄱ'"):
        alphabet.encode("ㄱ")


def test_a_single_initial_consonant_is_shown_only_on_request() -> None:
    alphabet = alphabet_for("ko")
    ids = alphabet.encode("학생")[:4]
    assert alphabet.decode(ids) == "학"
    assert alphabet.decode(ids, dangling=True) == "학ㅅ"


def test_a_foreign_character_is_named() -> None:
    with pytest.raises(ValueError, match="'7'"):
        alphabet_for("en").encode("bin 7")
    with pytest.raises(ValueError, match="'a'"):
        alphabet_for("ko").encode("a")


@pytest.mark.parametrize("bad", [BLANK, -1, 28])
def test_ids_outside_the_alphabet_are_refused(bad: int) -> None:
    with pytest.raises(ValueError, match="1 to 27"):
        alphabet_for("en").decode([bad])


def test_an_unknown_language_is_reported_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="en, ko"):
        alphabet_for("tlh")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  Bin BLUE,  at F two… now! ", "bin blue at f two now"),
        ("Don’t", "dont"),
        ("\u1112\u1161\u11a8\u1109\u1162\u11bc  축구.", "학생 축구"),
        ("", ""),
    ],
)
def test_text_is_normalised(raw: str, expected: str) -> None:
    assert normalise_text(raw) == expected
