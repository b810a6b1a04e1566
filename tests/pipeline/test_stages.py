from __future__ import annotations

import numpy as np
import pytest

from klipnet_live.pipeline.stages import Captured, caption, capture, look, read, thin
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import Frame
from tests.pipeline.fakes import BLANK, FakeCamera, FakeReader
from tests.tracking.galleries import portrait


def at(fps: float, jitter_s: float = 0.0) -> list[Captured]:
    moved = np.random.default_rng(1).uniform(-jitter_s, jitter_s, 200)
    return [Captured(Frame(i, i / fps + moved[i], BLANK), 0.0) for i in range(200)]


@pytest.mark.parametrize("fps", [10, 15, 24, 25, 30])
def test_all_frames_of_usual_sources_are_used(fps: float) -> None:
    assert list(thin(at(fps, jitter_s=0.004))) == at(fps, jitter_s=0.004)


@pytest.mark.parametrize(("fps", "used_fps"), [(50, 25), (60, 30), (120, 40)])
def test_fast_sources_are_thinned_to_the_needed_rate(fps: float, used_fps: float) -> None:
    used = [captured.frame.time_s for captured in thin(at(fps))]
    assert np.diff(used) == pytest.approx(1 / used_fps)


def test_frames_whose_time_does_not_increase_are_skipped() -> None:
    times = [0.0, 0.04, 0.04, 0.02, 0.08]
    frames = [Captured(Frame(i, time_s, BLANK), 0.0) for i, time_s in enumerate(times)]
    assert [captured.frame.index for captured in thin(frames)] == [0, 1, 4]


def test_all_stages_can_run_on_one_thread() -> None:
    tracker, reader = FaceTracker(), FakeReader()
    camera = FakeCamera([portrait()] * 6)
    events = list(caption(camera, tracker, reader))  # type: ignore[arg-type]
    assert [event.speaker for event in events] == ["1"] * 6 + ["end"]
    assert [mouth.time_s for mouth in reader.mouths] == pytest.approx([i / 25 for i in range(6)])
    assert camera.closed
    tracker.close()


def test_each_stage_takes_a_plain_list() -> None:
    tracker, reader = FaceTracker(), FakeReader()
    captured = list(capture(FakeCamera([BLANK] * 3)))
    sightings = list(look(tracker, captured))
    assert [sighting.captured_s for sighting in sightings] == [one.captured_s for one in captured]
    assert [event.speaker for event in read(reader, sightings)] == ["end"]  # type: ignore[arg-type]
    tracker.close()
