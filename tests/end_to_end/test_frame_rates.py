"""The same sentences at different camera frame rates, from the picture to the caption."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import numpy as np
import pytest
from klipnet_training.run.metrics import error_rates

from benchmarks.rates import SimulatedCamera, steady
from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.pipeline.stages import caption
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import CaptionEvent, Frame
from tests.footage import DEMO, demo_utterances, frames_of

SAID = demo_utterances()


@pytest.fixture(scope="module")
def recording() -> list[Frame]:
    return list(frames_of(DEMO))


def uneven() -> Iterable[float]:
    """A varying frame rate, from 12 to 60 frames a second."""
    steps = np.random.default_rng(3).choice([1 / 60, 1 / 30, 1 / 25, 1 / 15, 1 / 12], size=1000)
    return accumulate(steps.tolist(), initial=0.0)


def captioned(recording: list[Frame], times_s: Iterable[float]) -> list[CaptionEvent]:
    """The completed lines in the order in which they were spoken."""
    reader = reader_factory(None, "en")()
    tracker = FaceTracker(reader.model.manifest.crop)
    events = list(caption(SimulatedCamera(recording, times_s), tracker, reader))
    tracker.close()
    return sorted((e for e in events if e.event == "completed"), key=lambda event: event.start_s)


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
def test_every_usual_rate_gives_the_same_captions(recording: list[Frame], fps: float) -> None:
    lines = captioned(recording, steady(fps))
    assert [line.text for line in lines] == [utterance.text for utterance in SAID]
    assert [line.start_s for line in lines] == pytest.approx(
        [utterance.start_s for utterance in SAID], abs=0.3
    )


@pytest.mark.parametrize(
    ("times_s", "misread"), [(steady(10), 5), (steady(15), 3), (uneven(), 1)], ids=["10", "15", "uneven"]
)
def test_slow_cameras_lose_letters_but_no_line(
    recording: list[Frame], times_s: Iterable[float], misread: int
) -> None:
    """At 10 frames a second a spoken letter is two frames long: it and an adjacent word may be wrong.

    Some of these lines are then shown as not readable; what the network made of them is kept apart.
    """
    lines = captioned(recording, times_s)
    assert [line.start_s for line in lines] == pytest.approx(
        [utterance.start_s for utterance in SAID], abs=0.3
    )
    rates = error_rates(
        [utterance.text for utterance in SAID], [line.text or line.hypothesis for line in lines]
    )
    assert rates.wer <= misread / 24
