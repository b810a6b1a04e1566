"""The threads: no silent loss, no failure ends the program, stopping is quick."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from klipnet_live.captions.replacements import Replacements
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.pipeline.live import WAITING_FRAMES, LivePipeline
from klipnet_live.tracking.effort import Effort
from klipnet_live.tracking.tracker import Seen
from klipnet_live.types import Box, CaptionEvent, Face, Frame, Mouth, TrackedFace, UserError
from tests.pipeline.fakes import BLANK, FakeCamera, FakeReader
from tests.tracking.galleries import portrait

PATIENCE_S = 20.0
VANISHED = UserError("The camera {name} has vanished: plug it in again.", name="X")


class FakeTracker:
    """Two faces in every frame, found slowly."""

    def __init__(self, slow_s: float = 0.0) -> None:
        self.effort = Effort()
        self.slow_s, self.closed, self.efforts = slow_s, False, [self.effort]

    def update(self, frame: Frame) -> Seen:
        time.sleep(self.slow_s)
        self.efforts.append(self.effort)
        face: Any = Face(SimpleNamespace(), Box(0, 0, 9, 9))  # type: ignore[arg-type]
        mouths = tuple(Mouth(who, frame.time_s, BLANK[:50, :100, 0]) for who in "12")
        return Seen(tuple(TrackedFace(who, face) for who in "12"), mouths)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def run() -> Iterator[Callable[..., LivePipeline]]:
    started: list[LivePipeline] = []

    def start(source: FakeCamera, reader: Any = None, **options: Any) -> LivePipeline:
        options.setdefault("open_tracker", lambda _: FakeTracker())
        pipeline = LivePipeline(source, reader or FakeReader, **options)
        pipeline.start()
        started.append(pipeline)
        return pipeline

    yield start
    for pipeline in started:
        pipeline.stop()
        assert pipeline.join(PATIENCE_S)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)


def test_words_to_hide_come_to_no_sink(run: Callable[..., LivePipeline]) -> None:
    told: list[CaptionEvent] = []
    others: list[CaptionEvent] = []
    hide = Replacements({(word,): ("***",) for word in FakeReader().finish()[0].text.split()})
    source = FakeCamera(fps=25, live=False)
    pipeline = run(source, sinks=[told.append, others.append], lossless=True, edit=hide)
    assert pipeline.join(PATIENCE_S)
    assert told
    assert told == others
    assert {word for event in told for word in event.text.split()} == {"***"}


def test_captions_of_a_real_face_reach_sinks_and_window(run: Callable[..., LivePipeline]) -> None:
    from klipnet_live.tracking.tracker import FaceTracker

    told: list[CaptionEvent] = []
    source = FakeCamera([portrait()] * 8, fps=25)
    pipeline = run(source, sinks=[told.append], lossless=True, open_tracker=FaceTracker)
    assert pipeline.join(PATIENCE_S)
    assert [event.speaker for event in told] == ["1"] * 8 + ["end"]
    preview = pipeline.preview.take()
    assert preview is not None
    assert preview.frame.index == 7
    status = pipeline.status()
    assert (status.provider, status.faces, status.running, status.ended) == ("Fake", 1, False, True)
    assert status.dropped_mouths == 0
    assert source.closed


def test_a_source_that_fails_says_why_after_its_last_captions(run: Callable[..., LivePipeline]) -> None:
    told: list[CaptionEvent] = []
    pipeline = run(FakeCamera([BLANK] * 5, error=VANISHED), sinks=[told.append])
    assert pipeline.join(PATIENCE_S)
    assert [event.speaker for event in told] == [*"12" * 5, "end"]
    assert pipeline.status().error is VANISHED
    assert not pipeline.status().running


def test_a_tracker_that_fails_says_why_after_the_last_captions(run: Callable[..., LivePipeline]) -> None:
    class Breaking(FakeTracker):
        def update(self, frame: Frame) -> Seen:
            if frame.index == 3:
                raise VANISHED
            return super().update(frame)

    told: list[CaptionEvent] = []
    pipeline = run(FakeCamera(endless=True), sinks=[told.append], open_tracker=lambda _: Breaking())
    assert pipeline.join(PATIENCE_S)
    assert [event.speaker for event in told][-1] == "end"
    assert pipeline.status().error is VANISHED


@pytest.mark.parametrize("error", [UserError("The model is broken: install it again."), OSError("disk")])
def test_a_model_that_cannot_be_loaded_ends_everything_with_a_message(
    run: Callable[..., LivePipeline], error: Exception
) -> None:
    def broken() -> FakeReader:
        raise error

    source = FakeCamera(endless=True)
    pipeline = run(source, broken)
    assert pipeline.join(PATIENCE_S)
    message = pipeline.status().error
    assert isinstance(message, UserError)
    assert str(error) in str(message)
    assert source.closed


@pytest.mark.parametrize("lossless", [True, False])
def test_an_unforeseen_failure_while_reading_ends_everything_with_a_message(
    run: Callable[..., LivePipeline], lossless: bool
) -> None:
    pipeline = run(
        FakeCamera(endless=True), lambda: FakeReader(error=ZeroDivisionError("oh")), lossless=lossless
    )
    assert pipeline.join(PATIENCE_S)
    assert "ZeroDivisionError: oh" in str(pipeline.status().error)


def test_a_tracker_that_cannot_start_ends_everything_with_a_message(run: Callable[..., LivePipeline]) -> None:
    def broken(_: CropGeometry) -> FakeTracker:
        raise UserError("MediaPipe cannot start: run the doctor.")

    pipeline = run(FakeCamera(endless=True), open_tracker=broken)
    assert pipeline.join(PATIENCE_S)
    assert "MediaPipe" in str(pipeline.status().error)


def test_mouths_are_cut_as_the_model_was_trained(run: Callable[..., LivePipeline]) -> None:
    wide = CropGeometry(width_in_inter_ocular=2.04)
    cut_with: list[CropGeometry] = []

    def open_tracker(geometry: CropGeometry) -> FakeTracker:
        cut_with.append(geometry)
        return FakeTracker()

    pipeline = run(FakeCamera([BLANK]), lambda: FakeReader(crop=wide), open_tracker=open_tracker)
    assert pipeline.join(PATIENCE_S)
    assert cut_with == [wide]


def test_a_failure_is_not_hidden_by_the_end_of_the_source(run: Callable[..., LivePipeline]) -> None:
    pipeline = run(FakeCamera([BLANK]), lambda: FakeReader(error=VANISHED, slow_s=0.3))
    assert pipeline.join(PATIENCE_S)
    assert pipeline.status().error is VANISHED


@pytest.mark.parametrize("error", [UserError("The disk is full: make room."), ValueError("bug")])
def test_a_sink_that_fails_is_told_and_tried_again_and_the_others_go_on(
    run: Callable[..., LivePipeline], error: Exception
) -> None:
    calls: list[CaptionEvent] = []
    told: list[CaptionEvent] = []

    def full(event: CaptionEvent) -> None:
        calls.append(event)
        if len(calls) < 10:
            raise error

    pipeline = run(FakeCamera([BLANK] * 20), sinks=[full, told.append])
    assert pipeline.join(PATIENCE_S)
    assert len(calls) == len(told) == 41
    assert str(error) in str(pipeline.status().error)


def test_stopping_returns_at_once_and_completes_what_is_open(run: Callable[..., LivePipeline]) -> None:
    told: list[CaptionEvent] = []
    source = FakeCamera(endless=True)
    pipeline = run(source, sinks=[told.append], open_tracker=lambda _: FakeTracker(slow_s=1.0))
    until(lambda: told)
    before = time.monotonic()
    pipeline.stop()
    assert time.monotonic() - before < 0.5
    assert pipeline.join(PATIENCE_S)
    assert told[-1].speaker == "end"
    assert pipeline.status().error is None
    assert source.closed


def test_stopping_frees_a_lossless_source_that_waits(run: Callable[..., LivePipeline]) -> None:
    pipeline = run(FakeCamera(endless=True, fps=2000), lambda: FakeReader(slow_s=0.05), lossless=True)
    time.sleep(0.5)
    pipeline.stop()
    assert pipeline.join(PATIENCE_S)


def test_joining_waits_no_longer_than_it_is_told(run: Callable[..., LivePipeline]) -> None:
    pipeline = run(FakeCamera(endless=True))
    before = time.monotonic()
    assert not pipeline.join(0.1)
    assert time.monotonic() - before < 2.0


def test_every_mouth_that_a_live_source_loses_is_counted(run: Callable[..., LivePipeline]) -> None:
    reader, tracker = FakeReader(), FakeTracker(slow_s=0.02)
    count = 10 * WAITING_FRAMES
    pipeline = run(FakeCamera([BLANK] * count, fps=40), lambda: reader, open_tracker=lambda _: tracker)
    tracker.slow_s = 0.1
    assert pipeline.join(PATIENCE_S)
    status = pipeline.status()
    # The first frame or two are lost before a face is known.
    assert 0 <= 2 * count - len(reader.mouths) - status.dropped_mouths <= 4
    assert status.dropped_mouths > 0


def test_frames_that_the_device_could_not_hand_over_are_counted(run: Callable[..., LivePipeline]) -> None:
    indices = [*range(60), 63, 64, 70]
    pipeline = run(FakeCamera([BLANK] * len(indices), indices=indices, fps=40))
    assert pipeline.join(PATIENCE_S)
    assert pipeline.status().dropped_mouths == 2 * (3 + 5)


def test_a_recording_waits_instead_of_losing_frames(run: Callable[..., LivePipeline]) -> None:
    reader = FakeReader()
    source = FakeCamera([BLANK] * 40, fps=40, live=False)
    tracker = FakeTracker(slow_s=0.05)
    pipeline = run(source, lambda: reader, lossless=True, open_tracker=lambda _: tracker)
    assert pipeline.join(PATIENCE_S)
    assert len(reader.mouths) == 80
    assert pipeline.status().dropped_mouths == 0
    assert set(tracker.efforts) == {Effort()}


def test_overload_is_said_and_makes_the_tracker_look_less_often(run: Callable[..., LivePipeline]) -> None:
    tracker = FakeTracker(slow_s=0.06)
    pipeline = run(FakeCamera(endless=True, fps=40), open_tracker=lambda _: tracker)
    assert pipeline.status().overload == ""
    until(lambda: pipeline.status().overload == "faces are followed less often")
    until(lambda: len(set(tracker.efforts)) == 3)
    looks = [effort.moving_every for effort in tracker.efforts]
    assert looks == sorted(looks)


def test_under_overload_the_window_gets_fewer_frames_but_a_virtual_camera_all(
    run: Callable[..., LivePipeline],
) -> None:
    pipeline = LivePipeline(
        FakeCamera(endless=True, fps=40),
        FakeReader,
        open_tracker=lambda _: FakeTracker(slow_s=0.06),  # type: ignore[arg-type, return-value]
    )
    camera = pipeline.add_viewer()
    pipeline.start()
    until(lambda: pipeline.status().overload)
    shown, sent = set(), set()
    for _ in range(200):
        for slot, kept in ((pipeline.preview, shown), (camera, sent)):
            if (preview := slot.take()) is not None:
                kept.add(preview.frame.index)
        time.sleep(0.005)
    pipeline.stop()
    assert pipeline.join(PATIENCE_S)
    assert len(shown) < len(sent) / 2


def test_a_caption_that_was_told_is_kept_by_nobody(run: Callable[..., LivePipeline]) -> None:
    """A meeting may last a day."""

    def living() -> int:
        gc.collect()
        # Some objects emit warnings when their class is accessed.
        return sum(type(thing) is CaptionEvent for thing in gc.get_objects())

    before, told = living(), list[str]()
    pipeline = run(FakeCamera([BLANK] * 20), sinks=[lambda event: told.append(event.speaker)])
    assert pipeline.join(PATIENCE_S)
    assert len(told) == 41
    assert living() - before <= 1


def test_a_pipeline_leaves_no_thread_behind(run: Callable[..., LivePipeline]) -> None:
    before = threading.active_count()
    tracker = FakeTracker()
    pipeline = run(FakeCamera([BLANK] * 3), open_tracker=lambda _: tracker)
    assert pipeline.join(PATIENCE_S)
    assert threading.active_count() == before
    assert tracker.closed
