"""Phrases shown to a camera, with the real tracker and networks; the demo's talkers are the user."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from klipnet_live.capture.source import open_source
from klipnet_live.phrases.matcher import Example, PhraseMatcher
from klipnet_live.reading.phrase_encoder import PhraseEncoder
from klipnet_live.recording.phrase_studio import PhraseStudio, TakeFinder
from klipnet_live.recording.states import PhraseTake
from klipnet_live.types import UserError
from tests.footage import DEMO, demo_utterances, encode, frames_of
from tests.phrases.takes import crops
from tests.waiting import wait_until

PAUSE_FRAMES = 25


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The left talker's two sentences, each shown twice, with pauses."""
    left = [utterance for utterance in demo_utterances() if utterance.speaker == "left"][:2]
    frames = list(frames_of(DEMO, round(left[1].start_s * 25) + 60))
    pictures = []
    for utterance in (*left, *left):
        first = round(utterance.start_s * 25) - 8
        take = [np.ascontiguousarray(frame.image[:, :640]) for frame in frames[first : first + 60]]
        pictures += [*take, *[take[-1]] * PAUSE_FRAMES]
    return encode(tmp_path_factory.mktemp("camera") / "camera.mp4", pictures)


def watched(source: Path) -> tuple[list[PhraseTake], UserError | None]:
    encoder = PhraseEncoder()
    studio = PhraseStudio(open_source(str(source), pace="fast"), encoder)
    studio.listen(True)
    studio.start()
    takes: list[PhraseTake] = []

    def collect() -> bool:
        while (take := studio.next_take()) is not None:
            takes.append(take)
        return not studio.state.running

    wait_until(collect, limit_s=120)
    studio.stop()
    assert studio.join(60)
    collect()
    return takes, studio.state.problem


def test_takes_are_found_and_match_their_phrases(camera: Path) -> None:
    takes, problem = watched(camera)
    assert problem is None
    assert len(takes) == 4
    assert all(len(take.features) == len(take.crops) for take in takes)
    examples = [Example(name, take.features) for name, take in zip("ab", takes[:2], strict=True)]
    matcher = PhraseMatcher(examples, PhraseEncoder().blocks)
    assert [matcher.match(take.features).text for take in takes[2:]] == ["a", "b"]


def test_two_people_in_view_are_reported(tmp_path: Path) -> None:
    first = round(demo_utterances()[0].start_s * 25)
    pictures = [np.ascontiguousarray(frame.image[:, :640]) for frame in frames_of(DEMO, first + 12)]
    one = [np.pad(picture, ((0, 0), (0, 640), (0, 0))) for picture in pictures]
    both = [frame.image for frame in list(frames_of(DEMO, first + 40))[first + 12 :]]
    takes, problem = watched(encode(tmp_path / "two.mp4", [*one, *both]))
    assert takes == []
    assert problem is not None
    assert "More than one face" in str(problem)


def test_a_gap_in_the_frames_discards_the_take() -> None:
    """The part before the face was lost does not count as a whole phrase."""
    finder, moving = TakeFinder(), crops(40)
    assert [finder.add(number / 25, crop) for number, crop in enumerate(moving[:12])] == [[]] * 12
    assert finder.moving
    late = [finder.add(2 + number / 25, moving[12]) for number in range(30)]
    assert late == [[]] * 30


def test_a_phrase_that_is_too_short_is_reported_and_a_twitch_is_not() -> None:
    moving = crops(5)
    for frames, reported in ((2, False), (5, True)):
        finder, seen = TakeFinder(), [*[moving[0]] * 20, *moving[:frames], *[moving[frames - 1]] * 20]
        problems = []
        for number, crop in enumerate(seen):
            try:
                assert finder.add(number / 25, crop) == []
            except UserError as error:
                problems.append(str(error))
        assert bool(problems) is reported
        assert all("hardly moved" in problem for problem in problems)
