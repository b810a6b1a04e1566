"""Identities from appearance and position alone."""

from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.tracking.roster import FindFace, FoundFace, Roster, covers
from klipnet_live.tracking.track import Track
from klipnet_live.types import Box, Face, FloatArray


def face(x: float, y: float = 100.0) -> Face:
    points = np.zeros((478, 2), np.float32)
    points[:, 0] = x + np.linspace(-40, 40, 478)
    points[:, 1] = y + np.linspace(-50, 50, 478)
    return Face(points, Box(x - 40, y - 50, x + 40, y + 50))


def looks(person: int, like_zero: float = 0.0) -> FloatArray:
    """A unit vector for each person, inclined towards that of person 0."""
    vector = np.zeros(64, np.float32)
    vector[person] = np.sqrt(1 - like_zero**2)
    vector[0] += like_zero
    return vector


def found(x: float, person: int, like_zero: float = 0.0, y: float = 100.0) -> FoundFace:
    return FoundFace(face(x, y), looks(person, like_zero))


def picture(*faces: FoundFace) -> FindFace:
    """A frame in which exactly these faces are found."""
    return lambda box: next((one for one in faces if covers(box, one.face.box)), None)


NEXT_FRAME = np.zeros((8, 8, 3), np.uint8)


@pytest.fixture
def roster() -> Roster:
    """Person 0 at 100 is "1", person 1 at 300 is "2"; one frame has passed since they were found."""
    roster = Roster(CropGeometry())
    roster.welcome(found(100, 0), picture())
    roster.welcome(found(300, 1), picture())
    roster.notice(NEXT_FRAME, 1.0)
    return roster


def lose(roster: Roster, track: Track) -> None:
    for _ in range(5):
        track.miss(displaced=False)
    roster.forget_missed()


def places(roster: Roster) -> dict[str, float]:
    """The positions of the speakers found in the last detection."""
    return {track.speaker: track.face.box.centre[0] for track in roster.present if not track.missed}


def test_new_people_get_increasing_ids(roster: Roster) -> None:
    assert [track.speaker for track in roster.present] == ["1", "2"]
    assert roster.welcome(found(500, 2), picture()).speaker == "3"


def test_a_lost_face_keeps_its_id_wherever_it_returns(roster: Roster) -> None:
    lose(roster, roster.present[0])
    assert [track.speaker for track in roster.present] == ["2"]
    assert roster.welcome(found(700, 0, y=400), picture()).speaker == "1"
    assert roster.welcome(found(900, 3, y=400), picture()).speaker == "3"


def test_a_few_misses_do_not_lose_a_face(roster: Roster) -> None:
    for _ in range(4):
        roster.follow(roster.present[0], picture())
    roster.forget_missed()
    assert len(roster.present) == 2
    assert places(roster) == {"2": 300}


@pytest.mark.parametrize(("x", "speaker"), [(105.0, "1"), (700.0, "3")])
def test_a_lost_face_that_turned_is_recognised_by_its_place(roster: Roster, x: float, speaker: str) -> None:
    lose(roster, roster.present[0])
    assert roster.welcome(found(x, 2, like_zero=0.7), picture()).speaker == speaker


def test_a_person_shown_twice_gets_two_ids_and_one_that_moved_keeps_its_id(roster: Roster) -> None:
    twin = found(700, 0)
    assert roster.welcome(twin, picture(twin, found(102, 0))).speaker == "3"
    assert places(roster) == {"1": 102, "2": 300, "3": 700}
    moved = found(500, 1)
    assert roster.welcome(moved, picture(moved)).speaker == "2"
    assert len(roster.present) == 3


@pytest.mark.parametrize("seen", [found(103, 0), found(103, 2, like_zero=0.7)])
def test_a_face_that_stays_in_place_keeps_its_id_when_it_turns(roster: Roster, seen: FoundFace) -> None:
    roster.follow(roster.present[0], picture(seen))
    assert places(roster) == {"1": 103, "2": 300}


def test_a_stranger_in_a_known_place_gets_a_new_id(roster: Roster) -> None:
    roster.follow(roster.present[0], picture(found(125, 2, like_zero=0.3)))
    assert places(roster) == {"2": 300}


def test_a_face_that_has_not_moved_keeps_its_id_in_changed_light_for_a_moment(roster: Roster) -> None:
    kept = []
    for _ in range(60):
        roster.notice(NEXT_FRAME, 1.0)
        roster.follow(roster.present[0], picture(found(100, 2, like_zero=0.3)))
        kept.append("1" in places(roster))
    assert kept[:10] == [True] * 10
    assert not kept[-1]


def test_a_known_person_who_changes_place_keeps_their_id(roster: Roster) -> None:
    roster.follow(roster.present[0], picture(found(100, 1)))
    assert places(roster) == {"2": 100}


def test_a_second_face_of_a_present_person_gets_a_new_id(roster: Roster) -> None:
    roster.follow(roster.present[0], picture(found(100, 1), found(300, 1)))
    assert places(roster) == {"2": 300}


def test_a_lost_person_who_returns_in_another_place_keeps_their_id(roster: Roster) -> None:
    lose(roster, roster.present[1])
    roster.follow(roster.present[0], picture(found(100, 1)))
    assert places(roster) == {"2": 100}


def test_after_a_jump_in_time_remaining_tracks_restart(roster: Roster) -> None:
    roster.notice(NEXT_FRAME, 1.0, after_leap=True)
    assert roster.interrupted == ["1", "2"]
    roster.notice(NEXT_FRAME, 1.0)
    assert roster.interrupted == []


def test_the_number_of_remembered_lost_faces_is_bounded(roster: Roster) -> None:
    for number in range(40):
        lose(roster, roster.welcome(found(1000 + 200 * number, number + 2), picture()))
    assert roster.welcome(found(100_000, 2), picture()).speaker == "43"
    assert roster.welcome(found(200_000, 41), picture()).speaker == "42"


@pytest.mark.parametrize(
    ("box", "other", "expected"),
    [
        (Box(0, 0, 100, 100), Box(40, 40, 60, 60), True),
        (Box(40, 40, 60, 60), Box(0, 0, 100, 100), True),
        (Box(0, 0, 100, 100), Box(90, 0, 190, 100), False),
    ],
)
def test_boxes_cover_each_other_if_one_contains_the_centre_of_the_other(
    box: Box, other: Box, expected: bool
) -> None:
    assert covers(box, other) is expected
