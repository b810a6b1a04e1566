"""The tracker on real faces: everyone is found, and ids stay with their people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.tracking.effort import Effort
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.tracking.tracker import FaceTracker, Seen
from klipnet_live.types import Box, Face, Frame, Image
from tests.tracking.galleries import FPS, clip, frames, gallery, people, portrait, recordings_of_one

GONE_FRAMES = 40


def run(tracker: FaceTracker, images: Sequence[Image], start: int = 0) -> list[Seen]:
    return [tracker.update(frame) for frame in frames(images, start)]


def places(results: Seen) -> dict[str, tuple[float, float]]:
    return {tracked.speaker: tracked.face.box.centre for tracked in results.faces}


def tile_of(results: Seen, columns: int, width: int, height: int, rows: int) -> dict[int, str]:
    """The speaker in each tile."""
    return {
        int(y * rows // height) * columns + int(x * columns // width): speaker
        for speaker, (x, y) in places(results).items()
    }


def count_looks(monkeypatch: pytest.MonkeyPatch) -> list[Box]:
    """Collects every box in which landmarks are searched from now on."""
    boxes: list[Box] = []
    in_box = Landmarker.in_box

    def counted(landmarker: Landmarker, image: Image, box: Box) -> Face | None:
        boxes.append(box)
        return in_box(landmarker, image, box)

    monkeypatch.setattr(Landmarker, "in_box", counted)
    return boxes


@pytest.fixture(scope="module")
def five(shared_data: Path) -> list[tuple[Image, ...]]:
    return [clip(path) for path in people(shared_data)]


def test_four_people_in_a_meeting_keep_their_ids(tracker: FaceTracker, shared_data: Path) -> None:
    expected: dict[str, tuple[float, float]] = {}
    for frame in VideoFile(shared_data / "gallery4.mp4", "fast").frames():
        results = tracker.update(frame)
        now = places(results)
        expected = expected or now
        assert now.keys() == expected.keys() == {"1", "2", "3", "4"}
        assert all(np.hypot(*np.subtract(now[who], expected[who])) < 60 for who in now)
        assert [mouth.speaker for mouth in results.mouths] == [face.speaker for face in results.faces]
        assert all(mouth.crop.shape == (50, 100) and mouth.time_s == frame.time_s for mouth in results.mouths)


@pytest.mark.parametrize(("columns", "width", "height"), [(3, 1280, 720), (4, 1920, 1080)])
def test_everyone_in_a_large_gallery_is_found_within_two_seconds(
    tracker: FaceTracker, shared_data: Path, columns: int, width: int, height: int
) -> None:
    recordings = [*people(shared_data), *recordings_of_one(shared_data, 11)][: columns * columns]
    images = [gallery([clip(path)[i] for path in recordings], columns, width, height) for i in range(2 * FPS)]
    results = run(tracker, images)
    tiles = tile_of(results[-1], columns, width, height, columns)
    assert sorted(tiles) == list(range(columns * columns))
    assert len(set(tiles.values())) == columns * columns
    # Nobody was mistaken for somebody else in between: no id was given twice.
    assert {tracked.speaker for result in results for tracked in result.faces} == set(tiles.values())


def test_large_faces_are_found_in_the_first_frame(tracker: FaceTracker) -> None:
    assert len(run(tracker, [portrait()])[0].mouths) == 1


def test_an_empty_room_gives_no_mouths(tracker: FaceTracker) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), dtype=np.uint8)
    assert all(not results.mouths for results in run(tracker, [noise] * 12))


def test_ids_follow_the_people_when_the_tiles_move(
    tracker: FaceTracker, five: list[tuple[Image, ...]]
) -> None:
    before = [gallery([result[i] for result in five[:4]], 2, 1280, 720) for i in range(20)]
    tiles = tile_of(run(tracker, before)[-1], 2, 1280, 720, 2)
    moved = [3, 0, 2, 1, 4]
    after = [gallery([five[person][20 + i] for person in moved], 3, 1280, 720) for i in range(30)]
    results = run(tracker, after, start=20)
    now = tile_of(results[-1], 3, 1280, 720, 2)
    assert [now[place] for place in range(4)] == [tiles[person] for person in moved[:4]]
    assert now[4] not in tiles.values()


def test_no_mouth_is_assigned_to_the_wrong_person_after_tiles_moved(
    tracker: FaceTracker, five: list[tuple[Image, ...]]
) -> None:
    before = [gallery([result[i] for result in five[:2]], 2, 1280, 720) for i in range(20)]
    left, right = (tile_of(run(tracker, before)[-1], 2, 1280, 720, 1)[place] for place in (0, 1))
    swapped = [gallery([five[1][20 + i], five[0][20 + i]], 2, 1280, 720) for i in range(25)]
    results = run(tracker, swapped, start=20)
    for result in results[4:]:
        where = places(result)
        assert left not in where or where[left][0] > 640
        assert right not in where or where[right][0] < 640
    assert len(places(results[-1])) == 2


def test_a_face_that_returns_keeps_its_id(tracker: FaceTracker, five: list[tuple[Image, ...]]) -> None:
    blank = np.full((360, 640, 3), 30, np.uint8)
    shown = [gallery([result[i] for result in five[:2]], 2, 1280, 360) for i in range(20)]
    before = tile_of(run(tracker, shown)[-1], 2, 1280, 360, 1)
    gone = [gallery([five[0][i], blank], 2, 1280, 360) for i in range(20, 20 + GONE_FRAMES)]
    assert [face.speaker for face in run(tracker, gone, 20)[-1].faces] == [before[0]]
    back = [gallery([blank, five[1][i]], 2, 1280, 360) for i in range(60, 75)]
    assert tile_of(run(tracker, [*back, *back], 60)[-1], 2, 1280, 360, 1) == {1: before[1]}


def test_a_speaker_view_gives_each_person_their_id(
    tracker: FaceTracker, five: list[tuple[Image, ...]]
) -> None:
    ids = []
    for person in (0, 1, 2, 0, 2, 1):
        results = run(tracker, five[person][:25], start=25 * len(ids))
        assert len(results[-1].faces) == 1
        ids.append(results[-1].faces[0].speaker)
    assert ids[0] == ids[3]
    assert ids[1] == ids[5]
    assert ids[2] == ids[4]
    assert len(set(ids)) == 3


def test_the_same_person_shown_twice_is_two_speakers(
    tracker: FaceTracker, five: list[tuple[Image, ...]]
) -> None:
    images = [gallery([five[0][i], five[0][i]], 2, 1280, 720) for i in range(30)]
    results = run(tracker, images)
    assert len(tile_of(results[-1], 2, 1280, 720, 1)) == 2
    assert tile_of(results[-1], 2, 1280, 720, 1) == tile_of(results[3], 2, 1280, 720, 1)


def test_the_landmark_calls_per_frame_are_bounded(
    tracker: FaceTracker, five: list[tuple[Image, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    images = [gallery([result[i] for result in five[:4]], 2, 1280, 720) for i in range(50)]
    run(tracker, images[:25])
    tracker.effort = Effort(landmarks_per_frame=2)
    boxes = count_looks(monkeypatch)
    for frame in frames(images[25:], 25):
        boxes.clear()
        assert len(tracker.update(frame).mouths) == 4
        assert len(boxes) <= 2


@pytest.mark.parametrize("times_s", [[0.0] * 60, [5.0 - i / FPS for i in range(60)]], ids=["still", "back"])
def test_faces_are_updated_even_if_timestamps_stand_still_or_go_back(
    tracker: FaceTracker, times_s: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes = count_looks(monkeypatch)
    picture = portrait()
    for index, time_s in enumerate(times_s):
        assert len(tracker.update(Frame(index, time_s, picture)).mouths) == 1
    assert len(boxes) >= 2
