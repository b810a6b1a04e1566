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


def test_only_the_low_confidence_word_is_marked() -> None:
    words = [word("자료는"), word("이메일로", 0.3), word("보낼게요")]
    assert runs_of("자료는 이메일로 보낼게요", "", words) == (
        TextRun("자료는 "), TextRun("이메일로", "unsure"), TextRun(" 보낼게요")
    )  # fmt: skip


def test_neighbouring_low_confidence_words_share_a_run_and_repeated_words_are_told_apart() -> None:
    words = [word("now"), word("at", 0.2), word("now", 0.2)]
    assert runs_of("now at now", "", words) == (TextRun("now "), TextRun("at now", "unsure"))


def test_unreadable_words_become_one_gap() -> None:
    words = [word("bin"), word("qz", 0.1, False), word("xx", 0.1, False), word("now")]
    assert text_of(runs_of("bin qz xx now", "", words)) == "bin … now"


def test_tentative_text_is_marked_tentative_at_any_confidence() -> None:
    assert runs_of("bin", " blue", [word("bin"), word("blue", 0.1)]) == (
        TextRun("bin "), TextRun("blue", "tentative")
    )  # fmt: skip


def test_the_mark_follows_its_word_onto_the_next_row() -> None:
    caption = ShownCaption(SpeakerStyle("", "#fff"), "place green with h seven", words=(word("seven", 0.1),))
    rows = rows_of(caption, LineLimits(latin=18))
    assert [row.text for row in rows] == ["place green with h", "seven"]
    assert rows[1].runs == (TextRun("seven", "unsure"),)


@given(
    st.lists(st.tuples(st.text("abc가나 ", max_size=4), st.floats(0, 1)), max_size=6),
    st.text("xyz ", max_size=5),
)
def test_no_letter_is_lost_or_added(scored: list[tuple[str, float]], tentative: str) -> None:
    committed = " ".join(text for text, _ in scored)
    words = [word(text, confidence) for text, confidence in scored]
    assert text_of(runs_of(committed, tentative, words)) == committed + tentative
