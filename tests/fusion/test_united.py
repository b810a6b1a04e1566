"""Fusion of sound and lips: which one is trusted, and how much."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.fusion.spoken import spoken_form
from klipnet_live.fusion.united import fuse_scores

TEXTS = ["bin blue at f two now", "bin blue at s two now", "then blue at s two now"]
HEARS_S = np.array([-9.0, -2.0, -3.0])
READS_F = np.array([-1.0, -9.0, -40.0])
UNDECIDED = np.array([-5.0, -5.0, -5.5])


def test_probabilities_sum_to_one_and_are_added_for_equal_words() -> None:
    found = fuse_scores(TEXTS, HEARS_S, READS_F, clearness=0.5, known=0.5)
    assert found.probabilities.sum() == pytest.approx(1.0)
    assert found.word_confidences()[1] == pytest.approx(1.0)
    assert max(found.word_confidences()) <= 1.0 + 1e-9


def test_clear_sound_wins_against_lips_of_an_unseen_speaker() -> None:
    assert fuse_scores(TEXTS, HEARS_S, READS_F, clearness=0.8, known=0.0).best == TEXTS[1]


def test_lips_of_a_known_speaker_win_in_noise() -> None:
    found = fuse_scores(TEXTS, HEARS_S, READS_F, clearness=0.1, known=1.0)
    assert found.best == TEXTS[0]
    assert found.lips_weight > 0.7


def test_lips_of_an_unseen_speaker_weigh_little_against_clear_sound() -> None:
    assert fuse_scores(TEXTS, HEARS_S, READS_F, clearness=0.8, known=0.0).lips_weight <= 0.2


def test_even_lips_of_an_unseen_speaker_decide_between_equal_sounds() -> None:
    assert fuse_scores(TEXTS, UNDECIDED, READS_F, clearness=0.6, known=0.0).best == TEXTS[0]


def test_lips_that_predict_the_sound_gain_weight() -> None:
    agree = fuse_scores(TEXTS, HEARS_S, np.array([-9.0, -1.0, -40.0]), clearness=0.6, known=0.5)
    differ = fuse_scores(TEXTS, HEARS_S, READS_F, clearness=0.6, known=0.5)
    assert agree.lips_weight > differ.lips_weight


def test_two_spellings_of_a_word_count_as_one() -> None:
    scores = np.array([-1.0, -1.2, -9.0])
    found = fuse_scores(
        ["at L6 now", "at l six now", "it was"], scores, np.zeros(3), clearness=1.0, known=0.0
    )
    sure = found.word_confidences(lambda text: spoken_form(text, "en"))
    assert len(sure) == 3
    assert min(sure) > 0.9
