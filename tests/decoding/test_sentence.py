from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.grammar import parse_grammar
from klipnet_live.decoding.known_words import KnownWordsDecoder
from klipnet_live.decoding.sentence import best_sentence
from klipnet_live.types import FloatArray
from tests.decoding.allowed import Allowed
from tests.decoding.ctc_reference import TINY, collapse, path_probabilities, tiny_log_probs

GRAMMARS = ["aa\nb", "ab a\nb\nba ba\naab", "#JSGF V1.0;\npublic <s> = (a | bb)+ [b];"]


@given(tiny_log_probs(6), st.sampled_from(GRAMMARS))
def test_the_best_allowed_path_gives_the_sentence(log_probs: FloatArray, text: str) -> None:
    grammar = parse_grammar(text, TINY)
    sentences = Allowed(grammar, TINY.size)
    allowed = {
        path: probability
        for path, probability in path_probabilities(log_probs).items()
        if sentences.is_complete(collapse(path))
    }
    log_prob, sentence = best_sentence(log_probs, grammar)
    assert log_prob == pytest.approx(math.log(max(allowed.values())), abs=1e-3)
    assert sentences.is_complete(sentence.ids)
    assert max(p for path, p in allowed.items() if collapse(path) == sentence.ids) == pytest.approx(
        max(allowed.values()), rel=1e-3
    )


@given(tiny_log_probs(6), st.sampled_from(GRAMMARS))
def test_each_symbol_has_its_own_frame(log_probs: FloatArray, text: str) -> None:
    _, sentence = best_sentence(log_probs, parse_grammar(text, TINY))
    assert len(sentence.frames) == len(sentence.ids)
    assert list(sentence.frames) == sorted(set(sentence.frames))
    assert all(0 <= frame < len(log_probs) for frame in sentence.frames)


@given(tiny_log_probs(6), st.sampled_from(GRAMMARS))
def test_a_search_that_ends_inside_a_sentence_gives_the_best_complete_one(
    log_probs: FloatArray, text: str
) -> None:
    grammar = parse_grammar(text, TINY)
    search = BeamSearch(TINY, width=2, grammar=grammar)
    leader = search.step(log_probs, search.start()).prefixes[0]
    found = search.line(log_probs)
    if not Allowed(grammar, TINY.size).is_complete(leader.ids):
        best, _ = best_sentence(log_probs, grammar)
        assert found.log_prob >= best - 1e-3


@given(tiny_log_probs(6), st.sampled_from(GRAMMARS))
def test_a_line_with_a_text_is_never_without_texts(log_probs: FloatArray, text: str) -> None:
    decoder = KnownWordsDecoder(BeamSearch(TINY, width=2, grammar=parse_grammar(text, TINY)))
    if decoder.line(log_probs).text:
        assert decoder.n_best(log_probs, 3)
