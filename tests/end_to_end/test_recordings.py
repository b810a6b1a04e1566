"""Real recordings, from file to caption on one thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from klipnet_training.run.metrics import error_rates

from klipnet_live.capture.source import open_source
from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.pipeline.stages import Sighting, capture, look, read
from klipnet_live.tracking.tracker import FaceTracker, Seen
from klipnet_live.types import CaptionEvent
from tests.limits import GRID_WER
from tests.recordings import validation_clips

GALLERY_S = (0.4, 3.0, 5.0, 7.0)
"""When the speakers of the gallery start: top left, top right, bottom left, bottom right."""


def read_recording(path: Path) -> tuple[list[Seen], list[CaptionEvent]]:
    """The tracking result of each frame of a recording, and all caption events."""
    results: list[Seen] = []
    tracker = FaceTracker()
    sightings = look(tracker, capture(open_source(str(path), pace="fast")))

    def noted() -> Iterator[Sighting]:
        for sighting in sightings:
            results.append(sighting.seen)
            yield sighting

    events = list(read(reader_factory(None, "en")(), noted()))
    tracker.close()
    return results, events


def test_validation_sentences_are_read_within_the_error_limit(shared_data: Path) -> None:
    clips = validation_clips(shared_data, 6)
    texts = []
    for clip in clips:
        _, events = read_recording(clip.path)
        texts.append(" ".join(event.text for event in events if event.event == "completed"))
    assert error_rates([clip.text for clip in clips], texts).wer <= GRID_WER


@pytest.fixture(scope="module")
def gallery(shared_data: Path) -> tuple[list[Seen], list[CaptionEvent]]:
    """Four people in the tiles of a meeting, who speak one after the other."""
    return read_recording(shared_data / "gallery4.mp4")


def tile(place: tuple[float, float]) -> int:
    """The number of the 640 x 360 tile that contains a point, row by row."""
    return int(place[0] // 640) + 2 * int(place[1] // 360)


def speakers_by_tile(results: list[Seen]) -> set[tuple[int, str]]:
    """All pairs of a tile and a speaker seen in it."""
    return {(tile(face.face.box.centre), face.speaker) for result in results for face in result.faces}


def test_four_speakers_keep_their_ids(gallery: tuple[list[Seen], list[CaptionEvent]]) -> None:
    results, _ = gallery
    pairs = speakers_by_tile(results)
    assert sorted(number for number, _ in pairs) == [0, 1, 2, 3]
    assert len({speaker for _, speaker in pairs}) == 4
    settled = results[25:]
    assert all(len(result.faces) == 4 for result in settled)


def test_each_line_starts_when_its_speaker_does(gallery: tuple[list[Seen], list[CaptionEvent]]) -> None:
    results, events = gallery
    speaker_of = dict(speakers_by_tile(results))
    lines = [event for event in events if event.event == "completed" and (event.text or event.hypothesis)]
    assert [line.speaker for line in lines] == [speaker_of[number] for number in range(4)]
    assert [line.start_s for line in lines] == pytest.approx(GALLERY_S, abs=1.0)
