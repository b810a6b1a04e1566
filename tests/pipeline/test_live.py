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
from tests.waiting import wait_until

PATIENCE_S = 60.0
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


def test_hidden_words_reach_no_sink(run: Callable[..., LivePipeline]) -> None:
    received: list[CaptionEvent] = []
    others: list[CaptionEvent] = []
    hide = Replacements({(word,): ("***",) for word in FakeReader().finish()[0].text.split()})
    source = FakeCamera(fps=25, live=False)
    pipeline = run(source, sinks=[received.append, others.append], lossless=True, edit=hide)
    assert pipeline.join(PATIENCE_S)
    assert received
    assert received == others
    assert {word for event in received for word in event.text.split()} == {"***"}


def test_captions_of_a_real_face_reach_sinks_and_preview(run: Callable[..., LivePipeline]) -> None:
    from klipnet_live.tracking.tracker import FaceTracker

    received: list[CaptionEvent] = []
    source = FakeCamera([portrait()] * 8, fps=25)
    pipeline = run(source, sinks=[received.append], lossless=True, open_tracker=FaceTracker)
    assert pipeline.join(PATIENCE_S)
    assert [event.speaker for event in received] == ["1"] * 8 + ["end"]
    preview = pipeline.preview.take()
    assert preview is not None
    assert preview.frame.index == 7
    status = pipeline.status()
    assert (status.provider, status.faces, status.running, status.ended) == ("Fake", 1, False, True)
    assert status.dropped_mouths == 0
    assert source.closed


def test_a_failing_source_is_reported_after_its_last_captions(run: Callable[..., LivePipeline]) -> None:
    received: list[CaptionEvent] = []
    pipeline = run(FakeCamera([BLANK] * 5, error=VANISHED), sinks=[received.append])
    assert pipeline.join(PATIENCE_S)
    assert [event.speaker for event in received] == [*"12" * 5, "end"]
    assert pipeline.status().error is VANISHED
    assert not pipeline.status().running


def test_a_failing_tracker_is_reported_after_the_last_captions(run: Callable[..., LivePipeline]) -> None:
    class Breaking(FakeTracker):
        def update(self, frame: Frame) -> Seen:
            if frame.index == 3:
                raise VANISHED
            return super().update(frame)

    received: list[CaptionEvent] = []
    pipeline = run(FakeCamera(endless=True), sinks=[received.append], open_tracker=lambda _: Breaking())
    assert pipeline.join(PATIENCE_S)
    assert [event.speaker for event in received][-1] == "end"
    assert pipeline.status().error is VANISHED


@pytest.mark.parametrize("error", [UserError("The model is broken: install it again."), OSError("disk")])
def test_a_model_that_cannot_be_loaded_ends_the_pipeline_with_a_message(
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
def test_an_unexpected_error_while_reading_ends_the_pipeline_with_a_message(
    run: Callable[..., LivePipeline], lossless: bool
) -> None:
    pipeline = run(
        FakeCamera(endless=True), lambda: FakeReader(error=ZeroDivisionError("oh")), lossless=lossless
    )
    assert pipeline.join(PATIENCE_S)
    assert "ZeroDivisionError: oh" in str(pipeline.status().error)


def test_a_tracker_that_cannot_start_ends_the_pipeline_with_a_message(
    run: Callable[..., LivePipeline],
) -> None:
    def broken(_: CropGeometry) -> FakeTracker:
        raise UserError("MediaPipe cannot start: run the doctor.")

    pipeline = run(FakeCamera(endless=True), open_tracker=broken)
    assert pipeline.join(PATIENCE_S)
    assert "MediaPipe" in str(pipeline.status().error)


def test_the_tracker_crops_with_the_geometry_of_the_model(run: Callable[..., LivePipeline]) -> None:
    wide = CropGeometry(width_in_inter_ocular=2.04)
    cut_with: list[CropGeometry] = []

    def open_tracker(geometry: CropGeometry) -> FakeTracker:
        cut_with.append(geometry)
        return FakeTracker()

    pipeline = run(FakeCamera([BLANK]), lambda: FakeReader(crop=wide), open_tracker=open_tracker)
    assert pipeline.join(PATIENCE_S)
    assert cut_with == [wide]


def test_an_error_is_not_hidden_by_the_end_of_the_source(run: Callable[..., LivePipeline]) -> None:
    pipeline = run(FakeCamera([BLANK]), lambda: FakeReader(error=VANISHED, slow_s=0.3))
    assert pipeline.join(PATIENCE_S)
    assert pipeline.status().error is VANISHED


@pytest.mark.parametrize("error", [UserError("The disk is full: make room."), ValueError("bug")])
def test_a_failing_sink_is_reported_and_retried_and_others_go_on(
    run: Callable[..., LivePipeline], error: Exception
) -> None:
    calls: list[CaptionEvent] = []
    received: list[CaptionEvent] = []

    def full(event: CaptionEvent) -> None:
        calls.append(event)
        if len(calls) < 10:
            raise error

    pipeline = run(FakeCamera([BLANK] * 20), sinks=[full, received.append])
    assert pipeline.join(PATIENCE_S)
    assert len(calls) == len(received) == 41
    assert str(error) in str(pipeline.status().error)


def test_stopping_returns_at_once_and_completes_open_lines(run: Callable[..., LivePipeline]) -> None:
    received: list[CaptionEvent] = []
    source = FakeCamera(endless=True)
    pipeline = run(source, sinks=[received.append], open_tracker=lambda _: FakeTracker(slow_s=1.0))
    wait_until(lambda: received)
    before = time.monotonic()
    pipeline.stop()
    assert time.monotonic() - before < 0.5
    assert pipeline.join(PATIENCE_S)
    assert received[-1].speaker == "end"
    assert pipeline.status().error is None
    assert source.closed


def test_stopping_releases_a_waiting_lossless_source(run: Callable[..., LivePipeline]) -> None:
    pipeline = run(FakeCamera(endless=True, fps=2000), lambda: FakeReader(slow_s=0.05), lossless=True)
    time.sleep(0.5)
    pipeline.stop()
    assert pipeline.join(PATIENCE_S)


def test_join_respects_its_timeout(run: Callable[..., LivePipeline]) -> None:
    pipeline = run(FakeCamera(endless=True))
    before = time.monotonic()
    assert not pipeline.join(0.1)
    assert time.monotonic() - before < 2.0


def test_dropped_mouths_of_a_live_source_are_counted(run: Callable[..., LivePipeline]) -> None:
    reader, tracker = FakeReader(), FakeTracker(slow_s=0.02)
    count = 10 * WAITING_FRAMES
    pipeline = run(FakeCamera([BLANK] * count, fps=40), lambda: reader, open_tracker=lambda _: tracker)
    tracker.slow_s = 0.1
    assert pipeline.join(PATIENCE_S)
    status = pipeline.status()
    # The first frame or two are lost before a face is known.
    assert 0 <= 2 * count - len(reader.mouths) - status.dropped_mouths <= 4
    assert status.dropped_mouths > 0


def test_frames_dropped_by_the_device_are_counted(run: Callable[..., LivePipeline]) -> None:
    indices = [*range(60), 63, 64, 70]
    pipeline = run(FakeCamera([BLANK] * len(indices), indices=indices, fps=40))
    assert pipeline.join(PATIENCE_S)
    assert pipeline.status().dropped_mouths == 2 * (3 + 5)


def test_a_recording_waits_instead_of_dropping_frames(run: Callable[..., LivePipeline]) -> None:
    reader = FakeReader()
    source = FakeCamera([BLANK] * 40, fps=40, live=False)
    tracker = FakeTracker(slow_s=0.05)
    pipeline = run(source, lambda: reader, lossless=True, open_tracker=lambda _: tracker)
    assert pipeline.join(PATIENCE_S)
    assert len(reader.mouths) == 80
    assert pipeline.status().dropped_mouths == 0
    assert set(tracker.efforts) == {Effort()}


def test_overload_is_reported_and_slows_the_tracker_down(run: Callable[..., LivePipeline]) -> None:
    tracker = FakeTracker(slow_s=0.06)
    pipeline = run(FakeCamera(endless=True, fps=40), open_tracker=lambda _: tracker)
    assert pipeline.status().overload == ""
    wait_until(lambda: pipeline.status().overload == "faces are followed less often")
    wait_until(lambda: len(set(tracker.efforts)) == 3)
    looks = [effort.moving_every for effort in tracker.efforts]
    assert looks == sorted(looks)


def test_under_overload_the_preview_gets_fewer_frames_but_a_virtual_camera_all(
    run: Callable[..., LivePipeline],
) -> None:
    pipeline = LivePipeline(
        FakeCamera(endless=True, fps=40),
        FakeReader,
        open_tracker=lambda _: FakeTracker(slow_s=0.06),  # type: ignore[arg-type, return-value]
    )
    camera = pipeline.add_viewer()
    pipeline.start()
    wait_until(lambda: pipeline.status().overload)
    shown, sent = set(), set()
    for _ in range(200):
        for slot, kept in ((pipeline.preview, shown), (camera, sent)):
            if (preview := slot.take()) is not None:
                kept.add(preview.frame.index)
        time.sleep(0.005)
    pipeline.stop()
    assert pipeline.join(PATIENCE_S)
    assert len(shown) < len(sent) / 2


def test_delivered_captions_are_not_kept_in_memory(run: Callable[..., LivePipeline]) -> None:
    """A meeting may last a day."""

    def living() -> int:
        gc.collect()
        # Some objects emit warnings when their class is accessed.
        return sum(type(thing) is CaptionEvent for thing in gc.get_objects())

    before, received = living(), list[str]()
    pipeline = run(FakeCamera([BLANK] * 20), sinks=[lambda event: received.append(event.speaker)])
    assert pipeline.join(PATIENCE_S)
    assert len(received) == 41
    assert living() - before <= 1


def test_a_pipeline_leaves_no_thread_behind(run: Callable[..., LivePipeline]) -> None:
    # A thread of an earlier test may still be ending.
    before = set(threading.enumerate())
    tracker = FakeTracker()
    pipeline = run(FakeCamera([BLANK] * 3), open_tracker=lambda _: tracker)
    assert pipeline.join(PATIENCE_S)
    assert set(threading.enumerate()) <= before
    assert tracker.closed
