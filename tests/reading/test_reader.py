"""The reader with a released model: mouths in, caption events out."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from klipnet_live.reading.reader import Reader
from klipnet_live.types import FPS, GreyImage, Mouth
from tests.footage import DEMO
from tests.reading.talk import Talk, alone, feed, texts

NewReader = Callable[[], Reader]

DEMO_TRUTH = DEMO.with_suffix(".json")


def shifted(mouths: list[Mouth], seconds: float) -> list[Mouth]:
    return [replace(mouth, time_s=mouth.time_s + seconds) for mouth in mouths]


def still(crop: GreyImage, count: int, noise: float = 0.0) -> list[Mouth]:
    """The same crop 25 times a second; `noise`: standard deviation of camera noise in grey levels."""
    generator = np.random.default_rng(7)
    crops = [crop + generator.normal(0, noise, crop.shape) if noise else crop for _ in range(count)]
    return [Mouth("1", i / FPS, np.clip(one, 0, 255).astype(np.uint8)) for i, one in enumerate(crops)]


def test_a_sentence_is_one_line(new_reader: NewReader, talk: Talk) -> None:
    events = feed(new_reader(), alone(talk.line), finish=False)
    kinds = [event.event for event in events]
    assert kinds[0] == "started"
    assert kinds[-1] == "completed", "the line must end after the silence"
    assert set(kinds[1:-1]) == {"changed"}
    assert {event.line for event in events} == {1}
    assert len(events[-1].committed.split()) > 1


def test_words_have_the_times_at_which_they_were_spoken(new_reader: NewReader, talk: Talk) -> None:
    events = feed(new_reader(), alone(talk.line), finish=False)
    for event in events:
        assert [word.text for word in event.words] == event.text.split()
        assert all(0 <= word.start_s < word.end_s <= event.media_s + 1 / FPS for word in event.words)
        assert [word.start_s for word in event.words] == sorted(word.start_s for word in event.words)
    spoken_at = {
        word["symbol"]: word["start_s"]
        for word in json.loads(DEMO_TRUTH.read_text())["utterances"][0]["words"]
    }
    found = [(word.start_s, spoken_at[word.text]) for word in events[-1].words if word.text in spoken_at]
    assert len(found) >= 4
    assert all(read == pytest.approx(true, abs=0.35) for read, true in found)


def test_committed_text_only_grows(new_reader: NewReader, talk: Talk) -> None:
    events = feed(new_reader(), talk.frames)
    for _, line in itertools.groupby(sorted(events, key=lambda e: e.line), lambda e: e.line):
        for before, after in itertools.pairwise(line):
            assert after.committed.startswith(before.committed)
            assert after.media_s >= before.media_s
            assert after.event == "changed" or after.tentative == ""


def test_all_frames_at_once_give_the_same_as_one_by_one(new_reader: NewReader, talk: Talk) -> None:
    one_by_one = feed(new_reader(), alone(talk.line), finish=False)
    at_once = feed(new_reader(), [talk.line], finish=False)
    parts = [talk.line[first : first + 7] for first in range(0, len(talk.line), 7)]
    in_parts = feed(new_reader(), parts, finish=False)
    assert at_once == one_by_one
    assert in_parts == one_by_one


def test_swapping_speakers_swaps_their_texts(new_reader: NewReader, talk: Talk) -> None:
    other = {talk.left: talk.right, talk.right: talk.left}
    swapped = [
        tuple(replace(mouth, speaker=other[mouth.speaker]) for mouth in reversed(mouths))
        for mouths in talk.frames
    ]
    read = texts(feed(new_reader(), talk.frames))
    expected = [(kind, other[speaker], text) for kind, speaker, text in read]
    assert texts(feed(new_reader(), swapped)) == expected


def test_simultaneous_speakers_are_read_as_if_alone(new_reader: NewReader, talk: Talk) -> None:
    apart = texts(feed(new_reader(), alone(talk.line)))
    twin = [replace(mouth, speaker="twin") for mouth in talk.line]
    together = texts(feed(new_reader(), list(zip(talk.line, twin, strict=True))))
    for speaker in (talk.left, "twin"):
        assert [(kind, text) for kind, who, text in together if who == speaker] == [
            (kind, text) for kind, _, text in apart
        ]


@pytest.mark.parametrize("noise", [0.0, 1.0, 2.0])
def test_a_still_mouth_gives_no_text(noise: float, new_reader: NewReader, talk: Talk) -> None:
    assert feed(new_reader(), alone(still(talk.line[0].crop, 150, noise))) == []


def test_a_gap_ends_the_line(new_reader: NewReader, talk: Talk) -> None:
    spoken, rest = talk.line[:55], talk.line[55:]
    reader = new_reader()
    before = feed(reader, alone(spoken), finish=False)
    assert before[-1].event == "changed"
    *_, ended = feed(reader, alone(shifted(rest, 0.21)[:1]), finish=False)
    assert (ended.event, ended.line) == ("completed", before[-1].line)
    assert ended.media_s == spoken[-1].time_s


def test_a_video_cut_ends_the_line_and_starts_another(new_reader: NewReader, talk: Talk) -> None:
    reader = new_reader()
    before = feed(reader, alone(talk.line[:55]), finish=False)
    first = talk.line[55]
    cut = reader.read([first], now_s=first.time_s, interrupted=[first.speaker])
    assert [event.event for event in cut][-1] == "completed"
    assert {event.line for event in before + cut} == {1}
    after = feed(reader, alone(talk.line[56:]))
    assert {event.line for event in after} == {2}
    assert after[-1].start_s >= first.time_s


def test_a_short_gap_does_not_end_the_line(new_reader: NewReader, talk: Talk) -> None:
    spoken, rest = talk.line[:55], talk.line[55:]
    events = feed(new_reader(), alone(spoken + shifted(rest, 0.15)), finish=False)
    assert [event.event for event in events].count("completed") == 1


def test_the_end_of_the_source_completes_the_line(new_reader: NewReader, talk: Talk) -> None:
    events = feed(new_reader(), alone(talk.line[:55]))
    assert [event.event for event in events].count("completed") == 1
    assert events[-1].event == "completed"


def test_finish_leaves_no_open_line(new_reader: NewReader, talk: Talk) -> None:
    reader = new_reader()
    feed(reader, alone(talk.line[:55]))
    assert reader.finish() == []


def test_repeated_and_late_frames_are_ignored(new_reader: NewReader, talk: Talk) -> None:
    line = talk.line
    untidy = [line[0]]
    for before, mouth in itertools.pairwise(line):
        untidy += [mouth, replace(before, time_s=mouth.time_s), before]
    assert feed(new_reader(), alone(untidy)) == feed(new_reader(), alone(line))


def test_more_frames_a_second_give_the_same_text(new_reader: NewReader, talk: Talk) -> None:
    line = talk.line
    doubled = [line[0]]
    for before, mouth in itertools.pairwise(line):
        between = np.mean([before.crop, mouth.crop], axis=0).astype(np.uint8)
        doubled += [Mouth(mouth.speaker, (before.time_s + mouth.time_s) / 2, between), mouth]
    assert feed(new_reader(), alone(doubled)) == feed(new_reader(), alone(line))


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_timestamps_that_jitter_give_the_same_caption(new_reader: NewReader, talk: Talk, seed: int) -> None:
    jitter = np.random.default_rng(seed).uniform(-0.015, 0.015, len(talk.line))
    uneven = [replace(m, time_s=max(0.0, m.time_s + j)) for m, j in zip(talk.line, jitter, strict=True)]
    completed, expected = (
        [event for event in feed(new_reader(), alone(line), finish=False) if event.event == "completed"]
        for line in (uneven, talk.line)
    )
    assert [event.text for event in completed] == [event.text for event in expected]
    assert completed[0].start_s == pytest.approx(expected[0].start_s, abs=0.1)


def test_a_speaker_unseen_for_a_minute_is_forgotten(new_reader: NewReader, talk: Talk) -> None:
    """A gallery creates a new speaker for every face that appears."""
    reader = new_reader()
    crop = talk.line[0].crop
    for visitor in range(20):
        reader.read([Mouth(str(visitor), visitor * 10.0, crop)], now_s=visitor * 10.0)
    assert list(reader._streams) == [str(visitor) for visitor in range(13, 20)]


def test_a_visible_speaker_silent_for_a_minute_is_remembered(new_reader: NewReader, talk: Talk) -> None:
    reader = new_reader()
    quiet = shifted(still(talk.line[0].crop, 70 * round(FPS)), -70.0)
    for mouth in (*quiet, *talk.line[:55]):
        reader.read([mouth], now_s=mouth.time_s)
    stream = reader._streams[talk.left]
    assert reader.finish()[-1].event == "completed"
    reader.read([], now_s=talk.line[54].time_s + 59.0)
    assert reader._streams[talk.left] is stream


def test_lines_are_numbered_in_the_order_in_which_they_start(new_reader: NewReader, talk: Talk) -> None:
    started = [event.line for event in feed(new_reader(), talk.frames) if event.event == "started"]
    assert started == list(range(1, len(started) + 1))
    assert len(started) >= 2


def test_latency_counts_from_the_capture(new_reader: NewReader, talk: Talk) -> None:
    reader = new_reader()
    events = [event for mouth in talk.line for event in reader.read([mouth], captured_s=0.0)]
    assert min(event.latency_ms for event in events) > 1000, "the frame was captured at time zero"


def test_a_speaker_who_leaves_the_view_ends_the_line(new_reader: Callable[[], Reader], talk: Talk) -> None:
    reader = new_reader()
    seen = [mouth for mouth in talk.line if mouth.time_s < talk.line[0].time_s + 2.0]
    events = [event for mouth in seen for event in reader.read([mouth], now_s=mouth.time_s)]
    assert events
    assert events[-1].event != "completed"
    still_there = reader.read([], now_s=seen[-1].time_s + 0.5)
    gone = reader.read([], now_s=seen[-1].time_s + 0.7)
    assert still_there == []
    assert gone[-1].event == "completed"
    assert reader.finish() == []
