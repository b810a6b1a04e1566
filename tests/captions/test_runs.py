"""Low confidence is marked on the word it belongs to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.captions.line_break import LineLimits
from klipnet_live.captions.on_screen import ShownCaption, SpeakerStyle
from klipnet_live.captions.rows import rows_of
from klipnet_live.captions.runs import TextRun, runs_of, text_of
from klipnet_live.types import Word


def word(text: str, confidence: float = 0.9, readable: bool = True) -> Word:
    return Word(text, 0.0, 0.5, confidence, readable=readable)


def test_only_the_doubtful_word_is_unsure() -> None:
    words = [word("자료는"), word("이메일로", 0.3), word("보낼게요")]
    assert runs_of("자료는 이메일로 보낼게요", "", words) == (
        TextRun("자료는 "), TextRun("이메일로", "unsure"), TextRun(" 보낼게요")
    )  # fmt: skip


def test_neighbours_in_doubt_share_an_underline_and_a_repeated_word_is_found_in_its_place() -> None:
    words = [word("now"), word("at", 0.2), word("now", 0.2)]
    assert runs_of("now at now", "", words) == (TextRun("now "), TextRun("at now", "unsure"))


def test_words_that_cannot_be_read_are_one_gap() -> None:
    words = [word("bin"), word("qz", 0.1, False), word("xx", 0.1, False), word("now")]
    assert text_of(runs_of("bin qz xx now", "", words)) == "bin … now"


def test_tentative_text_is_tentative_however_sure() -> None:
    assert runs_of("bin", " blue", [word("bin"), word("blue", 0.1)]) == (
        TextRun("bin "), TextRun("blue", "tentative")
    )  # fmt: skip


def test_doubt_goes_with_its_word_onto_the_next_row() -> None:
    said = ShownCaption(SpeakerStyle("", "#fff"), "place green with h seven", words=(word("seven", 0.1),))
    rows = rows_of(said, LineLimits(latin=18))
    assert [row.text for row in rows] == ["place green with h", "seven"]
    assert rows[1].runs == (TextRun("seven", "unsure"),)


@given(
    st.lists(st.tuples(st.text("abc가나 ", max_size=4), st.floats(0, 1)), max_size=6),
    st.text("xyz ", max_size=5),
)
def test_no_letter_is_lost_or_added(said: list[tuple[str, float]], tentative: str) -> None:
    committed = " ".join(text for text, _ in said)
    words = [word(text, sure) for text, sure in said]
    assert text_of(runs_of(committed, tentative, words)) == committed + tentative
