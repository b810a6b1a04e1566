"""Korean in whole syllables, as the Korean Keras network writes it."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.grammar import parse_grammar
from klipnet_live.decoding.greedy import GreedySearch
from klipnet_live.lips.alphabet import BLANK, alphabet_for
from klipnet_live.types import FloatArray

ALPHABET = alphabet_for("ko-syllables")
TEXT = "분필 축구 따라서 칠 노랑"


def spell(text: str, sure: float = 0.9) -> FloatArray:
    """Log-probabilities (time, symbols) in which each symbol is followed by a blank."""
    path = [symbol for i in ALPHABET.encode(text) for symbol in (i, BLANK)]
    rows = np.full((len(path), ALPHABET.size), (1 - sure) / (ALPHABET.size - 1), np.float32)
    rows[np.arange(len(path)), path] = sure
    return np.log(rows)


@pytest.mark.parametrize("search", [GreedySearch(ALPHABET), BeamSearch(ALPHABET, width=4)])
def test_spelled_syllables_are_decoded(search: GreedySearch | BeamSearch) -> None:
    found = search.line(spell(TEXT))
    assert found.text == TEXT
    assert [word.text for word in found.words] == TEXT.split()


def test_an_open_line_shows_only_complete_syllables() -> None:
    search = BeamSearch(ALPHABET, width=4)
    found = search.best(search.step(spell("분필 축"), search.start()))
    assert (found.text, found.dangling) == ("분필 축", "")


def test_a_grammar_allows_only_its_phrases() -> None:
    grammar = parse_grammar("분필 축구\n학생 야구\n", ALPHABET)
    search = BeamSearch(ALPHABET, width=4, grammar=grammar)
    assert search.line(spell("분필 추구")).text == "분필 축구"
