"""Someone joins a meeting and all tiles move: each speaker keeps their identity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.as_app import read_lines
from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.types import FPS, Image
from tests.footage import encode
from tests.tracking.galleries import clip, gallery, others, recordings_of_one

WIDTH, HEIGHT = 1280, 720
LINE_FRAMES = 75
PAUSE_FRAMES = 25
JOINS_AFTER = 2
"""Number of sentences before the fifth person joins."""

BEFORE, AFTER = (0, 1, 2, 3), (4, 2, 0, 3, 1)
"""People by tile, row by row: two columns, then three."""

SPEAKS = (0, 1, 1, 4, 0)
"""The person who says the next sentence."""


def meeting(people: Sequence[Sequence[Sequence[Image]]]) -> Iterator[Image]:
    """Frames of a meeting in which people say one sentence after the other; silent faces stay still."""
    spoken, still = [0] * len(people), [sentences[0][0] for sentences in people]
    for number, speaker in enumerate(SPEAKS):
        seats, columns = (BEFORE, 2) if number < JOINS_AFTER else (AFTER, 3)
        sentence = people[speaker][spoken[speaker] % len(people[speaker])]
        for frame in range(LINE_FRAMES + PAUSE_FRAMES):
            still[speaker] = sentence[min(frame, len(sentence) - 1)]
            yield gallery([still[who] for who in seats], columns, WIDTH, HEIGHT)
        spoken[speaker] += 1


@pytest.fixture(scope="module")
def recording(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    people = [[clip(path) for path in recordings_of_one(shared_data, 2)]]
    people += [[clip(path)] for path in others(shared_data)]
    path = tmp_path_factory.mktemp("meeting") / "meeting.mp4"
    return encode(path, [np.ascontiguousarray(image) for image in meeting(people)])


def test_speakers_keep_their_ids_when_someone_joins_and_the_tiles_move(recording: Path) -> None:
    lines = read_lines(recording, reader_factory(None, "en"))
    starts_s = [number * (LINE_FRAMES + PAUSE_FRAMES) / FPS for number in range(len(SPEAKS))]
    assert [line.start_s for line in lines] == pytest.approx(starts_s, abs=1.2)
    first, second, again, joined, last = (line.speaker for line in lines)
    assert again == second
    assert last == first
    assert len({first, second, joined}) == 3
