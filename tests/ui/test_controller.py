"""The controller starts, stops and polls a pipeline."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.errors import as_user_error
from klipnet_live.pipeline.base import Pipeline
from klipnet_live.types import Phrases, UserError
from klipnet_live.ui.core.controller import POLL_MS, Controller, Request
from tests.ui.fakes import FakeFactory, caption, preview_of_two

CAMERA = Request("camera:0", "en", None)
VIDEO = Request("talk.mp4", "ko", "ko-seed", "phrases.txt")


@pytest.fixture
def factory() -> FakeFactory:
    return FakeFactory()


@pytest.fixture
def controller(qapp: QApplication, factory: FakeFactory) -> Controller:
    return Controller(factory)


def test_start_runs_a_pipeline_as_requested(controller: Controller, factory: FakeFactory) -> None:
    controller.start(VIDEO)
    pipeline = factory.made[0]
    assert (pipeline.source, pipeline.language, pipeline.model) == ("talk.mp4", "ko", "ko-seed")
    assert pipeline.phrases == Phrases(Path("phrases.txt"))
    assert pipeline.started
    assert controller.running


def test_events_arrive_in_order(qtbot: QtBot, controller: Controller, factory: FakeFactory) -> None:
    texts: list[str] = []
    controller.caption.connect(lambda event: texts.append(event.committed))
    controller.start(CAMERA)
    for text in ("bin", "bin blue"):
        factory.made[0].say(caption(committed=text))
    qtbot.waitUntil(lambda: texts == ["bin", "bin blue"])


def test_previews_are_taken_only_while_they_are_wanted(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    controller.preview_needed = False
    controller.start(CAMERA)
    mailbox = factory.made[0].preview
    mailbox.put(preview_of_two())
    qtbot.wait(5 * POLL_MS)
    preview = mailbox.take()
    assert preview is not None
    mailbox.put(preview)
    with qtbot.waitSignal(controller.preview):
        controller.preview_needed = True


def test_a_new_start_waits_until_the_old_source_has_ended(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    controller.start(CAMERA)
    old = factory.made[0]
    controller.start(VIDEO)
    qtbot.wait(5 * POLL_MS)
    assert old.stopped
    assert len(factory.made) == 1
    old.end()
    qtbot.waitUntil(lambda: len(factory.made) == 2)
    assert factory.made[1].source == "talk.mp4"


def test_last_captions_of_the_old_source_arrive_before_the_new_session(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    log: list[str] = []
    controller.caption.connect(lambda event: log.append(event.committed))
    controller.session_started.connect(lambda: log.append("session"))
    controller.start(CAMERA)
    controller.start(VIDEO)
    factory.made[0].say(caption("completed", committed="last words"))
    factory.made[0].end()
    qtbot.waitUntil(lambda: len(factory.made) == 2)
    assert log == ["session", "last words", "session"]


def test_a_source_that_ends_reports_its_error_and_stops(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    controller.start(CAMERA)
    error = UserError("The camera {name} is gone: connect it again.", name="X")
    with qtbot.waitSignal(controller.problem) as signal:
        factory.made[0].end(error)
    assert signal.args == [error]
    assert not controller.running


def test_an_error_that_lasts_is_reported_once(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    problems: list[object] = []
    controller.problem.connect(problems.append)
    controller.start(CAMERA)
    pipeline = factory.made[0]
    slow = UserError("The disk is slow.")
    pipeline.state = dataclasses.replace(pipeline.state, error=slow)
    qtbot.waitUntil(lambda: bool(problems))
    qtbot.wait(5 * POLL_MS)
    assert problems == [slow]


@pytest.mark.parametrize(
    "error",
    [UserError("There is no model {model}.", model="x"), PermissionError(13, "Permission denied", "x")],
)
def test_a_pipeline_that_cannot_be_opened_is_reported(
    controller: Controller, factory: FakeFactory, error: Exception
) -> None:
    factory.error = error
    problems: list[object] = []
    running: list[bool] = []
    controller.problem.connect(problems.append)
    controller.running_changed.connect(running.append)
    controller.start(CAMERA)
    assert [str(problem) for problem in problems] == [str(as_user_error(error))]
    assert running == [True, False], "the button must say Start again"


def test_stop_cancels_a_start_that_waits_for_the_old_source(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    controller.start(CAMERA)
    controller.start(VIDEO)
    controller.stop()
    factory.made[0].end()
    qtbot.wait(5 * POLL_MS)
    assert len(factory.made) == 1
    assert not controller.running


def test_finish_gives_up_on_a_pipeline_that_does_not_end(
    controller: Controller, factory: FakeFactory
) -> None:
    controller.start(CAMERA)
    began_s = time.monotonic()
    controller.finish(timeout_s=0.1)
    assert 0.1 <= time.monotonic() - began_s < 30
    assert factory.made[0].stopped


class RecordingFollower:
    """A follower that records its calls and the captions of the pipeline."""

    def __init__(self) -> None:
        self.entries: list[str] = []

    def begin(self, pipeline: Pipeline, request: Request) -> None:
        pipeline.add_sink(lambda event: self.entries.append(event.committed))
        self.entries.append(f"begin {request.source}")

    def end(self) -> None:
        self.entries.append("end")


def test_a_follower_begins_before_the_start_and_ends_after_the_last_caption(
    qtbot: QtBot, factory: FakeFactory
) -> None:
    log = RecordingFollower()
    controller = Controller(factory)
    controller.add_follower(log)
    controller.start(CAMERA)
    controller.start(VIDEO)
    factory.made[0].say(caption("completed", committed="last words"))
    factory.made[0].end()
    qtbot.waitUntil(lambda: len(factory.made) == 2)
    assert log.entries == ["begin camera:0", "last words", "end", "begin talk.mp4"]
    controller.finish(timeout_s=0.1)
    assert log.entries[-1] == "end"


@pytest.mark.parametrize("stop", [Controller.stop, Controller.finish])
def test_a_caption_handler_may_stop_the_controller(
    controller: Controller, factory: FakeFactory, stop: Callable[[Controller], None]
) -> None:
    """For example, a signal handler closes the window."""
    controller.start(CAMERA)
    pipeline = factory.made[0]
    pictures: list[object] = []
    controller.preview.connect(pictures.append)
    controller.caption.connect(lambda _: (pipeline.end(), stop(controller)))
    pipeline.say(caption())
    pipeline.preview.put(preview_of_two())
    controller._poll()
    assert not controller.running
    assert pictures == [None], "no picture after the end"


def test_a_handler_of_the_last_caption_may_finish_the_controller(factory: FakeFactory) -> None:
    log = RecordingFollower()
    controller = Controller(factory)
    controller.add_follower(log)
    controller.start(CAMERA)
    controller.stop()
    factory.made[0].say(caption())
    factory.made[0].end()
    controller.caption.connect(lambda _: controller.finish())
    controller._poll()
    assert log.entries == ["begin camera:0", "bin blue", "end"]
