from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.decoding.greedy import GreedySearch
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import FloatArray
from tests.decoding.ctc_reference import TINY, collapse, log_probs_of, random_log_probs, tiny_log_probs


@given(tiny_log_probs(20))
def test_the_text_is_the_collapsed_best_path(log_probs: FloatArray) -> None:
    search = GreedySearch(TINY)
    expected = collapse(tuple(log_probs.argmax(axis=1)))
    assert search.step(log_probs, search.start()).ids == expected


@given(st.integers(0, 2**32), st.lists(st.integers(0, 30), max_size=4))
def test_chunks_equal_the_whole(seed: int, cuts: list[int]) -> None:
    search = GreedySearch(TINY)
    log_probs = random_log_probs(seed, 30, TINY.size)
    state = search.start()
    for chunk in np.split(log_probs, sorted(cuts)):
        state = search.step(chunk, state)
    whole = search.step(log_probs, search.start())
    assert (state.ids, state.written, state.frames) == (whole.ids, whole.written, whole.frames)
    assert state.log_prob == pytest.approx(whole.log_prob)


def test_words_have_times_and_confidence() -> None:
    frames = ["", "a", "a", "", "a", " ", "", "b", ""]
    transcript = GreedySearch(TINY).line(log_probs_of(TINY, frames, 0.9))
    assert transcript.text == "aa b"
    assert [(word.first_frame, word.last_frame) for word in transcript.words] == [(1, 4), (7, 7)]
    assert [word.confidence for word in transcript.words] == pytest.approx([0.9, 0.9])


def test_blank_frames_give_no_text() -> None:
    transcript = GreedySearch(TINY).line(log_probs_of(TINY, [""] * 10))
    assert (transcript.text, transcript.words) == ("", ())


def test_a_wrong_number_of_symbols_is_named() -> None:
    search = GreedySearch(alphabet_for("en"))
    with pytest.raises(ValueError, match=r"\(time, 28\), got \(3, 4\)"):
        search.step(np.zeros((3, 4), np.float32), search.start())
