"""A few takes are enough to tell phrases apart and to reject unknown ones."""

from __future__ import annotations

import time

import numpy as np
import pytest

from klipnet_live.phrases.matcher import Example, PhraseMatcher, held_out_scores
from tests.phrases.takes import BLOCKS, WIDTH, Person


@pytest.fixture(scope="module")
def person() -> Person:
    return Person()


@pytest.fixture(scope="module")
def matcher(person: Person) -> PhraseMatcher:
    return PhraseMatcher(person.profile(8), BLOCKS)


def test_new_takes_are_recognised_with_high_confidence(person: Person, matcher: PhraseMatcher) -> None:
    for number in [*range(8)] * 3:
        match = matcher.match(person.shows(number))
        assert match.text == f"phrase {number}"
        assert match.accepted
        assert match.confidence > 0.6
        assert len(match.nearest) == 3


def test_unknown_phrases_are_rejected(person: Person, matcher: PhraseMatcher) -> None:
    refused = [not matcher.match(person.shows(number)).accepted for number in range(20, 60)]
    assert np.mean(refused) >= 0.9


def test_light_and_crop_make_no_difference(person: Person, matcher: PhraseMatcher) -> None:
    offset = np.random.default_rng(5).normal(scale=3, size=BLOCKS * WIDTH).astype(np.float32)
    assert matcher.match(person.shows(3) + offset).text == "phrase 3"


def test_the_unit_of_a_block_makes_no_difference(person: Person) -> None:
    units = np.repeat([0.01, 100], WIDTH).astype(np.float32)
    profile = [Example(example.text, example.features * units) for example in person.profile(5)]
    other = PhraseMatcher([Example(example.text, example.features / units) for example in profile], BLOCKS)
    take = person.shows(2)
    match, same = PhraseMatcher(profile, BLOCKS).match(take * units), other.match(take)
    assert match.nearest == same.nearest
    assert match.strangeness == pytest.approx(same.strangeness, abs=1e-3)


def test_one_take_of_each_phrase_is_enough(person: Person) -> None:
    single = PhraseMatcher(person.profile(6, takes=1), BLOCKS)
    assert [single.match(person.shows(number)).text for number in range(6)] == [
        f"phrase {number}" for number in range(6)
    ]


def test_copies_of_a_take_do_not_disturb(person: Person) -> None:
    examples = [example for example in person.profile(4, takes=1) for _ in range(2)]
    copies = PhraseMatcher(examples, BLOCKS)
    assert [copies.match(person.shows(number)).text for number in range(4)] == [
        f"phrase {number}" for number in range(4)
    ]


def test_a_profile_may_have_a_single_phrase(person: Person) -> None:
    match = PhraseMatcher(person.profile(1), BLOCKS).match(person.shows(0))
    assert match.nearest == ("phrase 0",)


def test_a_take_filed_under_the_wrong_phrase_is_detected(person: Person) -> None:
    """Each take is compared with the other takes only."""
    examples = [*person.profile(5), Example("phrase 0", person.shows(4))]
    wrong = next(take for take in held_out_scores(examples, BLOCKS) if take.index == len(examples) - 1)
    assert wrong.taken_for == "phrase 4"


def test_twenty_phrases_are_matched_within_60_ms(person: Person) -> None:
    large = PhraseMatcher(person.profile(20), BLOCKS)
    take = person.shows(7)
    began = time.process_time()
    for _ in range(10):
        large.match(take)
    assert (time.process_time() - began) / 10 < 0.06
