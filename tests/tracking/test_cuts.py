"""The tracker when a face disappears suddenly, and at video cuts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from klipnet_live.tracking.tracker import FaceTracker, Seen
from klipnet_live.types import Image
from tests.footage import DEMO, frames_of
from tests.tracking.galleries import clip, frames, gallery, people, portrait

PORTRAIT = portrait()
CLOSER = np.asarray(cv2.resize(PORTRAIT[20:320, 60:360], (512, 512)), np.uint8)


def run(tracker: FaceTracker, images: Sequence[Image]) -> list[Seen]:
    return [tracker.update(frame) for frame in frames(images)]


def speakers(results: Seen) -> list[str]:
    assert [face.speaker for face in results.faces] == [mouth.speaker for mouth in results.mouths]
    return [mouth.speaker for mouth in results.mouths]


def test_no_mouth_is_given_from_the_first_dark_frame_on(
    tracker: FaceTracker,
) -> None:
    results = run(tracker, [PORTRAIT] * 8 + [np.full_like(PORTRAIT, 20)] * 12 + [PORTRAIT] * 12)
    assert [speakers(result) for result in results[:20]] == [["1"]] * 8 + [[]] * 12
    assert speakers(results[-1]) == ["1"]
    assert not any(result.interrupted for result in results)


def test_a_cut_to_the_same_person_keeps_the_id_after_an_interruption(tracker: FaceTracker) -> None:
    results = run(tracker, [PORTRAIT] * 8 + [CLOSER] * 8)
    assert [speakers(result) for result in results] == [["1"]] * 16
    assert [result.interrupted for result in results] == [()] * 8 + [("1",)] + [()] * 7


def test_a_cut_to_a_similar_person_gives_another_id(tracker: FaceTracker, shared_data: Path) -> None:
    *_, result, _ = people(shared_data)
    alike = people(shared_data)[-1]
    for before, after in ((alike, people(shared_data)[1]), (result, alike)):
        results = run(tracker, [*clip(before)[:20], *clip(after)[20:40]])
        assert speakers(results[-1]) != speakers(results[0])
        assert not any(result.interrupted for result in results)


def test_all_faces_are_checked_in_the_first_frame_after_a_cut(
    tracker: FaceTracker,
) -> None:
    other = np.ascontiguousarray(PORTRAIT[:, ::-1])
    before = gallery([PORTRAIT] * 6, 3, 1280, 720)
    after = gallery([other] * 6, 3, 1280, 720)
    results = run(tracker, [before] * 14 + [after] * 6)
    assert len(speakers(results[13])) == 6
    settled = {mouth.speaker: mouth.crop for mouth in results[-1].mouths}
    for result in results[14:]:
        for mouth in result.mouths:
            assert np.abs(mouth.crop.astype(int) - settled[mouth.speaker]).mean() < 12


def test_people_who_appear_together_are_numbered_in_reading_order(tracker: FaceTracker) -> None:
    (first,) = frames_of(DEMO, 1)
    faces = tracker.update(first).faces
    places = {face.speaker: face.face.box.centre[0] for face in faces}
    assert places["1"] < places["2"]
