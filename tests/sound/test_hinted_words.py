"""Hints that are similar to recognised words become candidates; nothing else does."""

from __future__ import annotations

import pytest

from klipnet_live.sound.hinted_words import MAX_CANDIDATES, candidates


@pytest.mark.parametrize(
    ("written", "hint", "text"),
    [
        ("I spoke to Cat Arzina yesterday.", "Katarzyna", "I spoke to Katarzyna yesterday."),
        ("Ask Katazina, please.", "Katarzyna", "Ask Katarzyna, please."),
        ("we deploy on cuban eddies.", "Kubernetes", "we deploy on Kubernetes."),
        ("Been green at two now.", "bin green at f two now", "bin green at f two now."),
        ("lay reddit you five", "lay red at u five", "lay red at u five"),
    ],
)
def test_a_similar_hint_replaces_what_was_written(written: str, hint: str, text: str) -> None:
    assert text in [one.text for one in candidates(written.split(), [hint])]


@pytest.mark.parametrize(
    ("written", "hints"),
    [
        ("The weather is nice today.", ["Katarzyna", "Kubernetes"]),
        ("I spoke to katarzyna.", ["Katarzyna"]),
        ("cat", ["cut"]),
        ("", ["Katarzyna"]),
        ("Ask Katazina.", []),
    ],
)
def test_other_hints_are_no_candidates(written: str, hints: list[str]) -> None:
    assert candidates(written.split(), hints) == []


def test_the_most_similar_hints_come_first_and_are_few() -> None:
    found = candidates(["Katarina"], ["Katarzyna", *(f"Katari{letter}xx" for letter in "abcdefghij")])
    assert found[0].hint == "Katarzyna"
    assert len(found) == MAX_CANDIDATES


def test_only_words_that_were_not_written_count_as_hinted() -> None:
    (found, *_) = candidates(["lay", "reddit", "you", "five"], ["lay red at u five"])
    assert found.words == 3
