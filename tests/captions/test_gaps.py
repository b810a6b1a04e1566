"""Low-confidence words in the text that is shown."""

from __future__ import annotations

import pytest

from klipnet_live.captions.gaps import with_gaps
from klipnet_live.types import CaptionEvent, EventKind, Word


def event(committed: str, tentative: str, *confidences: float, kind: EventKind = "changed") -> CaptionEvent:
    tokens = (committed + tentative).split()
    words = tuple(Word(t, i, i + 1, c) for i, (t, c) in enumerate(zip(tokens, confidences, strict=True)))
    return CaptionEvent(kind, 1, "1", committed, tentative, 0.0, 3.0, 0.8, 3.0, 1.0, words)


def test_a_word_below_the_threshold_is_a_gap() -> None:
    shown = with_gaps(event("lay red", " at x", 0.9, 0.3, 0.8, 0.9), 0.5)
    assert (shown.committed, shown.tentative) == ("lay …", " at x")
    assert [word.readable for word in shown.words] == [True, False, True, True]
    assert shown.hypothesis == "lay red at x"
    assert shown.readable


def test_the_confidence_threshold_is_configurable() -> None:
    line = event("lay red at", "", 0.9, 0.6, 0.8)
    assert with_gaps(line, 0.5) == line
    assert with_gaps(line, 0.7).text == "lay … at"
    assert with_gaps(line, 0.0) == line


def test_neighbouring_gaps_are_merged_also_in_tentative_text() -> None:
    assert with_gaps(event("", "a b c d", 0.9, 0.1, 0.1, 0.9)).text == "a … d"
    assert with_gaps(event("a b", " c d", 0.9, 0.1, 0.1, 0.9)).text == "a … d"
    assert with_gaps(event("a b", " c", 0.9, 0.1, 0.1)).text == "a …"


@pytest.mark.parametrize(("kind", "readable"), [("changed", True), ("completed", False)])
def test_a_line_of_gaps_only_has_no_words(kind: EventKind, readable: bool) -> None:
    shown = with_gaps(event("lay red", "", 0.1, 0.2, kind=kind))
    assert (shown.text, shown.words) == ("", ())
    assert shown.readable is readable
    assert shown.hypothesis == "lay red"


def test_a_line_without_word_confidences_is_unchanged() -> None:
    line = CaptionEvent("completed", 1, "1", "hello there", "", 0.0, 1.0, 0.2, 1.0, 1.0)
    assert with_gaps(line) == line
