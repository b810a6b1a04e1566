"""Who is who, from looks and places alone."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.roster import Roster, covers
from klipnet_live.tracking.track import Track
from klipnet_live.types import Box, Face, FloatArray


def face(x: float, y: float = 100.0) -> Face:
    points = np.zeros((478, 2), np.float32)
    points[:, 0] = x + np.linspace(-40, 40, 478)
    points[:, 1] = y + np.linspace(-50, 50, 478)
    return Face(points, Box(x - 40, y - 50, x + 40, y + 50))


def looks(person: int, like_zero: float = 0.0) -> FloatArray:
    """A direction of its own for each person, turned towards person 0's."""
    vector = np.zeros(64, np.float32)
    vector[person] = np.sqrt(1 - like_zero**2)
    vector[0] += like_zero
    return vector


def gone(_: Track) -> bool:
    return False


def there(_: Track) -> bool:
    return True


@pytest.fixture
def roster() -> Roster:
    roster = Roster(CropGeometry())
    roster.welcome(face(100), looks(0), there)
    roster.welcome(face(300), looks(1), there)
    return roster


def lose(roster: Roster, track: Track) -> None:
    for _ in range(5):
        track.miss(displaced=False)
    roster.forget_missed()


def test_new_people_get_new_ids_in_order(roster: Roster) -> None:
    assert [track.speaker for track in roster.present] == ["1", "2"]
    assert roster.welcome(face(500), looks(2), there).speaker == "3"


def test_a_lost_face_keeps_its_id_wherever_it_comes_back(roster: Roster) -> None:
    lose(roster, roster.present[0])
    assert [track.speaker for track in roster.present] == ["2"]
    assert roster.welcome(face(700, 400), looks(0), there).speaker == "1"
    assert roster.welcome(face(900, 400), looks(3), there).speaker == "3"


def test_a_few_misses_do_not_lose_a_face(roster: Roster) -> None:
    for _ in range(4):
        roster.present[0].miss(displaced=False)
    roster.forget_missed()
    assert len(roster.present) == 2


@pytest.mark.parametrize(("x", "speaker"), [(105.0, "1"), (700.0, "3")])
def test_a_lost_face_that_turned_is_known_by_its_place(roster: Roster, x: float, speaker: str) -> None:
    lose(roster, roster.present[0])
    assert roster.welcome(face(x), looks(2, like_zero=0.7), there).speaker == speaker


def test_the_same_person_shown_twice_gets_two_ids_but_one_that_moved_keeps_its_own(roster: Roster) -> None:
    assert roster.welcome(face(700), looks(0), there).speaker == "3"
    assert roster.welcome(face(500), looks(1), gone).speaker == "2"
    assert len(roster.present) == 3


def test_a_face_found_in_its_place_belongs_to_itself_even_when_it_has_turned(roster: Roster) -> None:
    track = roster.present[0]
    assert roster.owner(track, track.face, looks(0), gone) is track
    assert roster.owner(track, track.face, looks(2, like_zero=0.7), there) is track


def test_a_stranger_in_somebodys_place_is_nobody_known(roster: Roster) -> None:
    track = roster.present[0]
    assert roster.owner(track, face(125), looks(2, like_zero=0.3), there) is None


def test_a_face_that_has_not_moved_is_its_own_in_other_light_for_a_moment(roster: Roster) -> None:
    track = roster.present[0]
    owners = [roster.owner(track, track.face, looks(2, like_zero=0.3), there) for _ in range(60)]
    assert owners[:10] == [track] * 10
    assert owners[-1] is None


def test_another_known_person_in_somebodys_place_is_that_person_if_gone_from_there(roster: Roster) -> None:
    first, second = roster.present
    assert roster.owner(first, first.face, looks(1), gone) is second
    assert roster.owner(first, first.face, looks(1), there) is None
    lose(roster, second)
    assert roster.owner(first, first.face, looks(1), there) is second


def test_only_so_many_lost_faces_are_remembered(roster: Roster) -> None:
    for number in range(40):
        newcomer = roster.welcome(face(1000 + 200 * number), looks(number + 2), there)
        lose(roster, newcomer)
    assert len(roster._absent) == 32


@pytest.mark.parametrize(
    ("box", "other", "expected"),
    [
        (Box(0, 0, 100, 100), Box(40, 40, 60, 60), True),
        (Box(40, 40, 60, 60), Box(0, 0, 100, 100), True),
        (Box(0, 0, 100, 100), Box(90, 0, 190, 100), False),
    ],
)
def test_covering_asks_for_the_centre_of_one_in_the_other(box: Box, other: Box, expected: bool) -> None:
    assert covers(box, other) is expected
