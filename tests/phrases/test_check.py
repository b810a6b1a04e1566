"""Problems with takes and phrases are reported before they are used."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.phrases.check import check_consistency, check_take, look_alikes, report
from klipnet_live.phrases.matcher import Example
from klipnet_live.phrases.span import MARGIN_FRAMES, spoken_span, spoken_spans
from klipnet_live.types import UserError
from tests.phrases.takes import BLOCKS, Person, crops


def test_the_accuracy_of_each_phrase_is_measured() -> None:
    person = Person()
    phrases = [f"phrase {number}" for number in range(5)]
    found = report([*person.profile(5), Example("phrase 2", person.shows(4))], [*phrases, "new"], BLOCKS)
    assert [(phrase.tried, phrase.right) for phrase in found] == [
        (3, 3),
        (3, 3),
        (4, 3),
        (3, 3),
        (3, 3),
        (0, 0),
    ]
    assert found[2].taken_for == ("phrase 4",)


def test_phrases_that_look_alike_are_reported_as_a_pair() -> None:
    person = Person()
    twins = [Example("mat", person.shows(0)) for _ in range(3)] + [
        Example("bat", person.shows(0)) for _ in range(3)
    ]
    found = look_alikes([*person.profile(5)[3:], *twins], BLOCKS)
    assert {found[0].one, found[0].other} == {"mat", "bat"}
    assert all({pair.one, pair.other} == {"mat", "bat"} for pair in found)


def test_a_take_unlike_the_others_is_refused() -> None:
    person = Person()
    examples = person.profile(6)
    check_consistency("phrase 1", person.shows(1), examples, BLOCKS)
    with pytest.raises(UserError, match="“phrase 1” differs from the others"):
        check_consistency("phrase 1", person.shows(30), examples, BLOCKS)
    with pytest.raises(UserError, match=r"lasts 0\.4 s"):
        check_consistency("phrase 1", person.shows(1, frames=10), examples, BLOCKS)


@pytest.mark.parametrize(("frames", "message"), [(3, "hardly moved"), (200, "longer than 6 seconds")])
def test_still_or_long_takes_are_refused(frames: int, message: str) -> None:
    with pytest.raises(UserError, match=message):
        check_take(crops(frames))


def test_the_beginning_and_end_of_a_phrase_are_found() -> None:
    moving = crops(20)
    still = [moving[0]] * 30
    seen = [*still, *moving, *[moving[-1]] * 30]
    span = spoken_span(seen)
    assert span is not None
    assert abs(span.start - (30 - MARGIN_FRAMES)) <= 2
    assert abs(span.stop - (50 + MARGIN_FRAMES)) <= 2
    assert len(spoken_spans([*seen, *moving, *still])) == 2
    assert spoken_span(still) is None
    assert spoken_span([np.zeros((50, 100), np.uint8)]) is None
