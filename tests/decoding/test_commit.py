from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.types import Hypothesis


def shown(rule: LocalAgreement, texts: list[str]) -> list[Hypothesis]:
    found = []
    for text in texts:
        rule, hypothesis = rule.update(text, 0.5)
        found.append(hypothesis)
    return found


@given(st.lists(st.text("ab ", max_size=12), max_size=8), st.integers(1, 3))
def test_committed_text_only_grows(texts: list[str], successive: int) -> None:
    before = ""
    for hypothesis in shown(LocalAgreement(successive), texts):
        assert hypothesis.committed.startswith(before)
        assert hypothesis.text.startswith(hypothesis.committed)
        before = hypothesis.committed


@given(st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=6))
def test_a_line_that_only_grows_is_shown_unchanged(words: list[str]) -> None:
    line = " ".join(words)
    texts = [line[:length].rstrip() for length in range(1, len(line) + 1)] + [line]
    found = shown(LocalAgreement(), texts)
    assert [hypothesis.text for hypothesis in found] == texts
    assert found[-1].committed == " ".join(words[:-1])


def test_nothing_is_committed_before_two_hypotheses_agree() -> None:
    first, second, third = shown(LocalAgreement(), ["bin blue at", "lay blue at", "lay blue at f"])
    assert first == Hypothesis("", "bin blue at", 0.5)
    assert second == Hypothesis("", "lay blue at", 0.5)
    assert third == Hypothesis("lay blue", " at f", 0.5)


def test_a_word_is_committed_once_it_is_complete() -> None:
    open_word = shown(LocalAgreement(), ["bin blue", "bin blue"])[-1]
    assert (open_word.committed, open_word.tentative) == ("bin", " blue")
    over = shown(LocalAgreement(), ["bin blue ", "bin blue "])[-1]
    assert (over.committed, over.tentative) == ("bin blue", "")


def test_words_with_a_common_beginning_do_not_agree() -> None:
    assert shown(LocalAgreement(), ["bin blue at", "bin black at"])[-1].committed == "bin"


@pytest.mark.parametrize(
    ("texts", "committed", "tentative"),
    [
        (["bin blew at", "bin blew at", "bin blue at f"], "bin blew", " at f"),
        (["bin blew at", "bin blew at", "bin blue at f", "bin blue at f two"], "bin blew at", " f two"),
        (["bin blew at", "bin blew at", "bin"], "bin blew", ""),
        (["la y red in", "la y red in", "lay red in c"], "la y red", " in c"),
    ],
)
def test_a_line_continues_when_hypotheses_differ_from_committed_text(
    texts: list[str], committed: str, tentative: str
) -> None:
    found = shown(LocalAgreement(), texts)[-1]
    assert (found.committed, found.tentative) == (committed, tentative)


@given(st.lists(st.lists(st.sampled_from(["bin", "blue", "at", "two"]), max_size=5), min_size=1, max_size=6))
def test_the_last_reading_replaces_only_uncommitted_text(hypotheses: list[list[str]]) -> None:
    *streamed, final = (" ".join(words) for words in hypotheses)
    rule = LocalAgreement()
    for text in streamed:
        rule, _ = rule.update(text, 0.5)
    completed = rule.completed(final)
    assert completed.startswith(rule.committed)
    if final.startswith(rule.committed):
        assert completed == final
