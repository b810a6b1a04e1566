"""Lines in which unconstrained decoding finds unknown words."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.calibration import Calibration
from klipnet_live.decoding.known_words import KnownWordsDecoder
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import FloatArray
from tests.decoding.ctc_reference import log_probs_of

ENGLISH = alphabet_for("en")
WORDS = ("bin", "blue", "seven", "at", "a")


def reader(words: tuple[str, ...] = WORDS) -> KnownWordsDecoder:
    return KnownWordsDecoder(BeamSearch(ENGLISH, calibration=Calibration(vocabulary=frozenset(words))), words)


def spell(text: str) -> FloatArray:
    return log_probs_of(ENGLISH, [*text, ""], 0.9)


def test_known_words_are_kept() -> None:
    free = BeamSearch(ENGLISH).line(spell("bin blue a"))
    assert reader().line(spell("bin blue a")) == free


def test_an_unknown_word_becomes_the_nearest_known_one_with_low_confidence() -> None:
    found = reader().line(spell("bin seveo at"))
    assert found.text == "bin seven at"
    sure = {word.text: word.confidence for word in found.words}
    assert sure["bin"] > 0.6
    assert sure["at"] > 0.6
    assert sure["seven"] < 0.2


def test_without_a_vocabulary_any_word_is_kept() -> None:
    assert reader(()).line(spell("bin seveo at")).text == "bin seveo at"


def test_the_last_word_of_an_open_line_may_be_unfinished() -> None:
    assert reader().partial(spell("bin blu")).text == "bin blu"
    assert reader().partial(spell("bon blu")).text == "bin blu"
    assert reader().line(spell("bin blu")).text == "bin blue"


def test_silence_stays_empty() -> None:
    silent = np.full((20, ENGLISH.size), -20.0, np.float32)
    silent[:, 0] = 0.0
    assert reader().line(silent).text == ""
    assert reader().line(silent).confidence == pytest.approx(1.0, abs=0.01)
