"""No two active tracks follow one face, whatever happened in the video before."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klipnet_live.tracking.networks import Networks
from klipnet_live.tracking.roster import covers
from klipnet_live.tracking.tracker import FaceTracker, Seen
from klipnet_live.types import Box, Face, Frame, Image
from tests.footage import DEMO, frames_of
from tests.tracking.galleries import frames, portrait

SEATS = ((60.0, 60.0), (180.0, 60.0), (60.0, 180.0), (180.0, 180.0))
DARKEST = 6


@dataclass(frozen=True)
class Person:
    """Somebody at a position, in one of several lights; `found`: whether landmarks are found."""

    seat: int
    light: int = 0
    shift: int = 0
    visible: bool = True
    found: bool = True

    @property
    def face(self) -> Face:
        x, y = SEATS[self.seat]
        spread = np.linspace(-1, 1, 478, dtype=np.float32)
        points = np.stack([x + self.shift + 24 * np.sin(9 * spread), y + 30 * spread], axis=1)
        return Face(points.astype(np.float32), Box(x + self.shift - 24, y - 30, x + self.shift + 24, y + 30))


@dataclass
class World:
    """Replaces both networks: it knows who is where in the current frame."""

    people: list[Person] = field(default_factory=list)

    def picture(self) -> Image:
        image = np.full((240, 240, 3), 90, np.uint8)
        for person in self.people:
            if person.visible:
                box = person.face.box
                bright, dark = np.random.default_rng(person.seat).integers(0, 255, (2, 6, 5, 3))
                texture = bright + (dark - bright) * person.light / DARKEST
                tile = texture.astype(np.uint8).repeat(10, axis=0).repeat(10, axis=1)[:, :48]
                image[int(box.top) : int(box.top) + 60, int(box.left) : int(box.left) + 48] = tile
        return image

    def __call__(self, _: Image) -> list[Box]:
        return [person.face.box for person in self.people if person.visible]

    def in_box(self, _: Image, box: Box) -> Face | None:
        inside = [
            person.face
            for person in self.people
            if person.visible and person.found and covers(person.face.box, box)
        ]
        return min(inside, key=lambda face: _distance(face.box, box), default=None)


def _distance(one: Box, other: Box) -> float:
    return float(np.hypot(*np.subtract(one.centre, other.centre)))


moments = st.fixed_dictionaries(
    {
        "light": st.integers(0, DARKEST),
        "shift": st.sampled_from([0, 0, 4, 20]),
        "visible": st.booleans(),
        "found": st.booleans(),
    }
)
scripts = st.lists(
    st.tuples(st.integers(1, 12), st.lists(moments, min_size=4, max_size=4)), min_size=2, max_size=12
)


@settings(max_examples=40)
@given(scripts)
def test_no_two_active_tracks_cover_one_face(script: list[Any]) -> None:
    world = World()
    tracker = FaceTracker(networks=Networks(world, world))  # type: ignore[arg-type]
    time_s = 0.0
    for lasting, seats in script:
        world.people = [Person(seat, **moment) for seat, moment in enumerate(seats)]
        for _ in range(lasting):
            results = tracker.update(Frame(0, time_s, world.picture()))
            boxes = [face.face.box for face in results.faces]
            assert not any(covers(one, other) for one, other in combinations(boxes, 2))
            time_s += 0.04


def half_dark(image: Image, light: float = 0.12) -> Image:
    """As if a lamp on one side was switched off."""
    dark = image.copy()
    side = dark[:, : image.shape[1] // 2]
    side[:] = (side * light).astype(np.uint8)
    return dark


def covered(image: Image) -> Image:
    """An arm in front of the mouth and half of the eyes."""
    arm = image.copy()
    height, width = image.shape[:2]
    arm[height // 3 :, : width * 11 // 20] = (150, 110, 90)
    return arm


def closer(image: Image) -> Image:
    """A jump cut: the same person, larger and at the side."""
    height, width = image.shape[:2]
    return np.ascontiguousarray(np.roll(image, (height // 14, width // 7), axis=(0, 1)))


@pytest.mark.parametrize("change", [half_dark, covered, closer])
@pytest.mark.parametrize("lasting", [3, 12, 40])
def test_one_face_is_one_speaker_after_a_change(tracker: FaceTracker, change: Any, lasting: int) -> None:
    plain = portrait()
    images = [plain] * 8 + [change(plain)] * lasting + [plain] * 30
    results = [tracker.update(frame) for frame in frames(images)]
    assert all(len(one.faces) <= 1 for one in results)
    assert names(results[-1]) == ["1"]


def test_one_face_is_one_speaker_when_the_light_comes_back_slowly(tracker: FaceTracker) -> None:
    plain = portrait()
    fading = [half_dark(plain, light) for light in np.linspace(0.1, 0.9, 10)]
    results = [tracker.update(frame) for frame in frames([plain] * 8 + fading + [plain] * 30)]
    assert all(names(one) == ["1"] for one in results)


def test_a_change_of_the_frame_size_keeps_the_speaker(tracker: FaceTracker) -> None:
    plain = portrait()
    large = np.asarray(cv2.resize(plain, None, fx=1.6, fy=1.6), np.uint8)
    small = np.asarray(cv2.resize(plain, None, fx=0.7, fy=0.7), np.uint8)
    results = [tracker.update(frame) for frame in frames([plain] * 8 + [large] * 8 + [small] * 8)]
    assert all(names(one) == ["1"] and not one.interrupted for one in results)
    crops = [one.mouths[0].crop.astype(int) for one in results]
    assert max(np.abs(crop - crops[0]).mean() for crop in crops) < 8


def names(results: Seen) -> list[str]:
    return [face.speaker for face in results.faces]


def test_both_speakers_of_the_demo_keep_their_names_when_the_light_changes(tracker: FaceTracker) -> None:
    results = []
    for frame in frames_of(DEMO, 75):
        since = frame.index - 25
        image = half_dark(frame.image, 0.1 + 0.09 * since) if 0 <= since < 10 else frame.image
        results.append(tracker.update(Frame(frame.index, frame.time_s, image)))
    assert {name for one in results for name in names(one)} == {"1", "2"}
    assert names(results[-1]) == ["1", "2"]
