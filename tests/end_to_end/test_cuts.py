"""Videos that are cut in the middle of a sentence, from the picture to the caption."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.pipeline.stages import Captured, look, read
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import FPS, CaptionEvent, Frame, Image
from tests.footage import DEMO, demo_utterances, frames_of

WORDS = demo_utterances()[0].text.split()
CUT = round(2.0 * FPS)
"""In the middle of the first sentence, after its third word."""

DARK: list[Image] = [np.zeros((720, 640, 3), np.uint8)] * 40


@pytest.fixture(scope="module")
def left() -> list[Image]:
    """The left tile of the demo: its first sentence, and the start of its second one."""
    return [np.ascontiguousarray(frame.image[:, :640]) for frame in frames_of(DEMO, 230)]


def completed(pictures: Sequence[Image]) -> list[CaptionEvent]:
    """The completed lines of these frames."""
    tracker = FaceTracker()
    captured = (Captured(Frame(i, i / FPS, picture), 0.0) for i, picture in enumerate(pictures))
    events = list(read(reader_factory(None, "en")(), look(tracker, captured)))
    tracker.close()
    assert all(event.media_s < len(pictures) / FPS for event in events)
    return [event for event in events if event.event == "completed"]


def test_a_camera_that_is_switched_off_completes_the_open_line(left: list[Image]) -> None:
    (line,) = completed(left[:CUT] + DARK)
    assert line.text.split() == WORDS[:3]
    assert line.end_s < CUT / FPS


def test_a_camera_that_is_switched_off_in_silence_gives_no_caption(left: list[Image]) -> None:
    assert completed(left[:20] + DARK + left[:20] + DARK) == []


def test_a_silent_face_gives_no_caption_when_a_recording_restarts(shared_data: Path) -> None:
    """At the end of the gallery all are silent; at its start only one person speaks."""
    pictures = [frame.image for frame in frames_of(shared_data / "gallery4.mp4")]
    assert len({event.speaker for event in completed(pictures[-25:] + pictures[:45])}) == 1


def test_a_cut_to_another_scene_ends_the_line(left: list[Image]) -> None:
    closer = [
        np.asarray(cv2.resize(picture[100:550, 120:520], (640, 720)), np.uint8) for picture in left[183:]
    ]
    first, second = completed(left[:CUT] + closer)
    assert first.text.split() == WORDS[:3]
    assert first.end_s < CUT / FPS <= second.start_s
    assert second.speaker == first.speaker
