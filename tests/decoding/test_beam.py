from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.calibration import Calibration
from klipnet_live.decoding.grammar import parse_grammar
from klipnet_live.decoding.greedy import GreedySearch
from klipnet_live.decoding.ngram import NGram, Prior
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import FloatArray
from tests.decoding.allowed import Allowed
from tests.decoding.ctc_reference import (
    TINY,
    log_probs_of,
    random_log_probs,
    text_probabilities,
    tiny_log_probs,
)

ALL_TEXTS = 4**5
ENGLISH = alphabet_for("en")
WORDS = parse_grammar("ab a\nb\nba ba\naab", TINY)


@given(tiny_log_probs())
def test_a_beam_wide_enough_finds_the_most_probable_text(log_probs: FloatArray) -> None:
    search = BeamSearch(TINY, width=ALL_TEXTS)
    state = search.step(log_probs, search.start())
    expected = text_probabilities(log_probs)
    found = {reading.ids: reading.mass * math.exp(state.log_unit) for reading in state.hypotheses()}
    assert found == pytest.approx({ids: p for ids, p in expected.items() if p}, rel=1e-4)
    assert search.best(state).log_prob == pytest.approx(math.log(max(expected.values())), abs=1e-4)


@given(tiny_log_probs(), st.integers(1, 6))
def test_a_narrow_beam_never_overestimates_the_probability(log_probs: FloatArray, width: int) -> None:
    search = BeamSearch(TINY, width=width)
    state = search.step(log_probs, search.start())
    truth = text_probabilities(log_probs)
    assert len(state.prefixes) <= width
    for reading in state.hypotheses():
        assert reading.mass * math.exp(state.log_unit) <= truth[reading.ids] * (1 + 1e-4)


@pytest.mark.parametrize("width", [4, 8])
def test_the_beam_is_not_worse_than_greedy_decoding(width: int) -> None:
    """Not guaranteed: a beam of 1 or 2 can lose to greedy decoding. Hence fixed cases, not random ones."""
    search = BeamSearch(TINY, width=width)
    for seed in range(200):
        log_probs = random_log_probs(seed, 2 + seed % 5, TINY.size, 0.5)
        assert search.line(log_probs).log_prob >= log_probs.max(axis=1).sum() - 1e-4


@given(
    st.integers(0, 2**32),
    st.lists(st.integers(0, 40), max_size=5),
    st.booleans(),
    st.sampled_from([1.0, 4.0]),
)
def test_chunks_equal_the_whole(seed: int, cuts: list[int], constrained: bool, spread: float) -> None:
    search = BeamSearch(TINY, width=5, grammar=WORDS if constrained else None)
    log_probs = random_log_probs(seed, 40, TINY.size, spread)
    state = search.start()
    for chunk in np.split(log_probs, sorted(cuts)):
        state = search.step(chunk, state)
    whole = search.step(log_probs, search.start())
    assert state.prefixes == whole.prefixes
    assert state.frames == whole.frames == 40
    assert state.masses == pytest.approx(whole.masses)
    assert search.best(state) == search.best(whole)


def test_a_step_does_not_change_its_input_state() -> None:
    search = BeamSearch(TINY, width=5)
    log_probs = random_log_probs(1, 20, TINY.size)
    state = search.step(log_probs[:10], search.start())
    before = search.best(state)
    first, second = search.step(log_probs[10:], state), search.step(log_probs[10:], state)
    assert search.best(state) == before
    assert search.best(first) == search.best(second)


@given(st.integers(0, 2**32), st.integers(1, 30), st.integers(1, 8))
def test_a_grammar_allows_only_beginnings_of_its_sentences(seed: int, frames: int, width: int) -> None:
    search = BeamSearch(TINY, width=width, grammar=WORDS)
    log_probs = random_log_probs(seed, frames, TINY.size)
    state = search.step(log_probs, search.start())
    for prefix in state.prefixes:
        assert Allowed(WORDS, TINY.size).node(prefix.ids) == prefix.node
    assert search.best(state, final=True).text in {"", "ab a", "b", "ba ba", "aab"}
    assert search.line(log_probs).text in {"", "ab a", "b", "ba ba", "aab"}


def test_a_word_required_by_the_grammar_but_not_seen_has_no_confidence() -> None:
    grammar = parse_grammar("set red now\nlay blue soon", ENGLISH)
    log_probs = log_probs_of(ENGLISH, ["", *"lay blue", *[""] * 10], 0.999)
    found = BeamSearch(ENGLISH, grammar=grammar, width=2).line(log_probs)
    assert found.text == "lay blue soon"
    assert found.words[0].confidence > 0.99
    assert found.words[2].confidence < 0.01


def test_silence_stays_empty_with_a_grammar() -> None:
    found = BeamSearch(TINY, grammar=WORDS).line(log_probs_of(TINY, [""] * 50, 0.99))
    assert (found.text, found.words) == ("", ())
    assert found.confidence > 0.5


def test_repeated_letters_need_a_blank_between() -> None:
    search = BeamSearch(ENGLISH)
    assert search.line(log_probs_of(ENGLISH, list("too"))).text == "to"
    assert search.line(log_probs_of(ENGLISH, ["t", "o", "", "o"])).text == "too"


def test_words_have_the_frames_in_which_they_are_written() -> None:
    frames = ["", "", *"bin", "", "", " ", "", "a", "t", ""]
    words = BeamSearch(ENGLISH).line(log_probs_of(ENGLISH, frames)).words
    found = [(word.text, word.first_frame, word.last_frame) for word in words]
    assert found == [("bin", 2, 4), ("at", 9, 10)]


def test_times_continue_across_chunks_and_skipped_frames() -> None:
    search = BeamSearch(ENGLISH)
    state = search.step(log_probs_of(ENGLISH, [""] * 30, 0.9999), search.start())
    state = search.step(log_probs_of(ENGLISH, [*"at", "", ""], 0.99), state)
    (word,) = search.best(state).words
    assert (word.first_frame, word.last_frame, state.frames) == (30, 31, 34)


def test_confidence_is_the_share_of_the_beam_times_that_of_the_frames() -> None:
    log_probs = log_probs_of(ENGLISH, [*"at ", "b", ""], 0.999)
    b, p = ENGLISH.encode("bp")
    log_probs[3, [b, p]] = math.log(0.5), math.log(0.49)
    first, second = BeamSearch(ENGLISH).line(log_probs).words
    assert first.confidence > 0.98
    assert second.confidence == pytest.approx(0.5 * 0.5, abs=0.02)


def test_confidence_is_calibrated() -> None:
    log_probs = log_probs_of(ENGLISH, ["", "a", ""], 0.8)
    (plain,) = BeamSearch(ENGLISH).line(log_probs).words
    calibration = Calibration(0.5, -1.0)
    (calibrated,) = BeamSearch(ENGLISH, calibration=calibration).line(log_probs).words
    assert calibrated.confidence == pytest.approx(calibration(plain.confidence))


def test_an_open_line_marks_its_last_word_as_complete() -> None:
    search = BeamSearch(ENGLISH)
    state = search.step(log_probs_of(ENGLISH, list("bin ")), search.start())
    assert search.best(state).text == "bin "
    assert search.best(state, final=True).text == "bin"


def test_korean_shows_complete_syllables_and_keeps_an_initial_consonant_separate() -> None:
    korean = alphabet_for("ko")
    search = BeamSearch(korean)
    jamo = "\u1112\u1161\u11a8 \u1109"
    state = search.step(log_probs_of(korean, list(jamo)), search.start())
    assert (search.best(state).text, search.best(state).dangling) == ("학 ", "ㅅ")
    state = search.step(log_probs_of(korean, ["\u1162"]), state)
    assert (search.best(state).text, search.best(state).dangling) == ("학 새", "")


def test_the_prior_decides_ties_unless_its_weight_is_zero() -> None:
    ngram = NGram.train([ENGLISH.encode("at bin")] * 2, ENGLISH, order=3)
    log_probs = log_probs_of(ENGLISH, [*"at ", "b", *"in"])
    b, p = ENGLISH.encode("bp")
    log_probs[3, [b, p]] = math.log(0.4), math.log(0.5)
    assert BeamSearch(ENGLISH, prior=Prior(ngram, 0.0)).line(log_probs).text == "at pin"
    assert BeamSearch(ENGLISH, prior=Prior(ngram, 0.3)).line(log_probs).text == "at bin"


def test_an_insertion_bonus_favours_longer_texts() -> None:
    ngram = NGram.train([TINY.encode("a")], TINY, order=1)
    log_probs = log_probs_of(TINY, ["a", "", "b"], 0.9)
    blank, b = 0, TINY.encode("b")[0]
    log_probs[2, [blank, b]] = math.log(0.6), math.log(0.3)
    assert BeamSearch(TINY, prior=Prior(ngram)).line(log_probs).text == "a"
    assert BeamSearch(TINY, prior=Prior(ngram, insertion_bonus=1.5)).line(log_probs).text == "ab"


@given(tiny_log_probs(12))
def test_the_beam_equals_greedy_decoding_on_confident_frames(log_probs: FloatArray) -> None:
    peaked = np.full_like(log_probs, math.log(0.001 / 3))
    peaked[np.arange(len(peaked)), log_probs.argmax(axis=1)] = math.log(0.999)
    assert BeamSearch(TINY).line(peaked).text == GreedySearch(TINY).line(peaked).text


def test_mismatched_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        BeamSearch(TINY, width=0)
    search = BeamSearch(TINY)
    with pytest.raises(ValueError, match=r"\(time, 4\)"):
        search.step(np.zeros((2, 28), np.float32), search.start())
