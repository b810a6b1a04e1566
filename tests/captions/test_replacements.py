"""Words that are replaced or hidden, in every event and so in every output."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.captions.replacements import Replacements, load_replacements
from klipnet_live.types import CaptionEvent, UserError, Word
from tests.builders import event

LIST = """\ufeff# names and what not to show
bin
Blue sky = BLUESKY
f two =
now = right now
바보
사과 = 과일
"""


@pytest.fixture
def edit(tmp_path: Path) -> Replacements:
    path = tmp_path / "words.txt"
    path.write_text(LIST, encoding="utf-8")
    edited = load_replacements(path)
    assert isinstance(edited, Replacements)
    return edited


def completed(text: str) -> CaptionEvent:
    return event("completed", committed=text)


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("bin blue at f two now", "*** blue at right now"),
        ("Bin bins", "*** bins"),
        ("blue sky blue", "BLUESKY blue"),
        ("바보가 사과를 바보", "***가 과일를 ***"),
        ("good morning", "good morning"),
        ("f two", ""),
    ],
)
def test_words_of_a_completed_line_are_replaced(edit: Replacements, read: str, shown: str) -> None:
    assert edit(completed(read)).text == shown


def test_words_with_times_are_replaced(edit: Replacements) -> None:
    words = tuple(
        Word(text, n, n + 1, 0.9 - n / 10) for n, text in enumerate(["bin", "blue", "sky", "f", "two"])
    )
    shown = edit(replace(completed("bin blue sky f two"), words=words)).words
    assert shown == (Word("***", 0, 1, 0.9), Word("BLUESKY", 1, 3, 0.9 - 2 / 10))


def test_words_of_the_hypothesis_are_replaced(edit: Replacements) -> None:
    unreadable = replace(completed(""), readable=False, hypothesis="bin at now")
    assert edit(unreadable).hypothesis == "*** at right now"


@given(
    st.lists(st.sampled_from(["bin", "blue", "sky", "f", "two", "now", "at", "바보가"]), max_size=8),
    st.lists(st.integers(0, 3), min_size=8, max_size=8),
)
def test_committed_text_only_grows_with_replacements(spoken: list[str], steps: list[int]) -> None:
    edit = Replacements(
        {("bin",): ("***",), ("blue", "sky"): ("BLUESKY",), ("f", "two"): (), ("now",): ("right", "now")}
    )
    count, shown = 0, ""
    for step in steps:
        count = min(len(spoken), count + step)
        committed, rest = " ".join(spoken[:count]), " ".join(spoken[count:])
        tentative = f" {rest}" if committed and rest else rest
        edited = edit(event(committed=committed, tentative=tentative))
        assert edited.committed.startswith(shown)
        assert edited.text.split() == edit(completed(" ".join(spoken))).text.split()
        shown = edited.committed


@pytest.mark.parametrize("content", [None, "바보\n".encode("cp949")])
def test_an_unreadable_list_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "words.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"words\.txt"):
        load_replacements(path)
