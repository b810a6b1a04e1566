"""When landmarks of a face are computed again, on the portrait with its mouth changed by hand."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.lips.pose import mouth_pose
from klipnet_live.tracking.appearance import signature, similarity
from klipnet_live.tracking.effort import Effort
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.tracking.track import Track
from klipnet_live.types import FPS, Face, Image
from tests.tracking.galleries import portrait

EFFORT = Effort(moving_every=3, restless_every=8, still_every=25)


@pytest.fixture(scope="module")
def picture() -> Image:
    return portrait()


@pytest.fixture(scope="module")
def face(landmarker: Landmarker, picture: Image) -> Face:
    return landmarker(picture)[0]


@pytest.fixture
def track(picture: Image, face: Face) -> Track:
    return Track("1", face, signature(picture, face), CropGeometry())


def with_open_mouth(picture: Image, face: Face, opened: float) -> Image:
    """A dark ellipse over the lips."""
    pose, drawn = mouth_pose(face.landmarks), picture.copy()
    unit = pose.inter_ocular_px
    axes = (int(0.3 * unit), max(1, int(opened * unit)))
    cv2.ellipse(drawn, (int(pose.x), int(pose.y)), axes, 0, 0, 360, (60, 10, 10), -1)
    return drawn


def moved_down(picture: Image, distance_px: float) -> Image:
    matrix = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, distance_px]])
    return np.asarray(cv2.warpAffine(picture, matrix, picture.shape[1::-1]), np.uint8)


def rest(track: Track, image: Image) -> None:
    """Twenty identical frames."""
    for i in range(20):
        track.cut(image, i / FPS)


def frames_until_due(track: Track, images: list[Image], step: float = 1.0) -> int:
    """Frames from one landmark update until the next one is due; `step`: multiples of 1/25 s."""
    for count, image in enumerate(images, 1):
        track.notice(image, step)
        track.cut(image, count * step / FPS)
        if track.overdue(EFFORT) >= 1:
            return count
    raise AssertionError("never due")


def test_a_still_face_is_updated_rarely(track: Track, picture: Image) -> None:
    rest(track, picture)
    assert not track.is_moving
    assert frames_until_due(track, [picture] * 40) == EFFORT.still_every


def test_a_speaking_face_is_updated_often(track: Track, picture: Image, face: Face) -> None:
    speaking = [with_open_mouth(picture, face, 0.06 + 0.05 * (i % 2)) for i in range(40)]
    for i, image in enumerate(speaking[:4]):
        track.cut(image, i / FPS)
    assert track.is_moving
    track.place(face)
    assert frames_until_due(track, speaking) == EFFORT.moving_every


@pytest.mark.parametrize(("fps", "pictures"), [(10, 1), (15, 1), (24, 3), (25, 3), (30, 3), (50, 6)])
def test_a_speaking_face_is_updated_equally_often_at_any_frame_rate(
    track: Track, picture: Image, face: Face, fps: int, pictures: int
) -> None:
    speaking = [with_open_mouth(picture, face, 0.06 + 0.05 * (i % 2)) for i in range(40)]
    for i, image in enumerate(speaking[:4]):
        track.cut(image, i / FPS)
    track.place(face)
    assert frames_until_due(track, speaking, FPS / fps) == pictures


def test_a_still_face_that_has_drifted_is_updated_sooner(track: Track, picture: Image, face: Face) -> None:
    rest(track, picture)
    track.place(face)
    step_px = mouth_pose(face.landmarks).inter_ocular_px * 0.004
    drifting = [moved_down(picture, step_px * i) for i in range(40)]
    assert EFFORT.moving_every < frames_until_due(track, drifting) < EFFORT.still_every


def test_a_face_is_updated_at_once_after_a_change_of_scene(track: Track, picture: Image) -> None:
    rest(track, picture)
    other = np.ascontiguousarray(picture[::-1])
    assert frames_until_due(track, [other]) == 1
    assert not track.is_visible


def test_a_face_that_returns_is_not_taken_for_a_cut(track: Track, picture: Image, face: Face) -> None:
    rest(track, picture)
    track.miss(displaced=False)
    lit = np.ascontiguousarray(picture[::-1])
    track.place_anew(face)
    track.cut(lit, 2.0)
    track.notice(lit, 1.0)
    assert not track.is_cut


def test_a_missed_face_is_searched_every_second_frame(track: Track, picture: Image) -> None:
    rest(track, picture)
    track.miss(displaced=False)
    assert frames_until_due(track, [picture] * 5) == 2


def test_the_appearance_follows_slow_changes(track: Track, picture: Image, face: Face) -> None:
    light_from_the_side = np.linspace(0, 100, picture.shape[1], dtype=np.uint8)[None, :, None]
    darker = signature(picture // 2 + light_from_the_side, face)
    before = similarity(track.looks, darker)
    for _ in range(20):
        track.learn_looks(darker)
    assert before < 0.98
    assert similarity(track.looks, darker) > 0.99


def test_a_face_in_another_place_restarts_pose_smoothing(track: Track, picture: Image, face: Face) -> None:
    rest(track, picture)
    shifted = np.roll(picture, 60, axis=1)
    moved = face.landmarks + np.array([60, 0], np.float32)
    track.place_anew(Face(moved, face.box))
    fresh = Track("2", Face(moved, face.box), track.looks, CropGeometry())
    assert np.array_equal(track.cut(shifted, 2.0), fresh.cut(shifted, 2.0))
