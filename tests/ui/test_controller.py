"""Starting, stopping and polling, with a pipeline that does as it is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.errors import as_user_error
from klipnet_live.pipeline.base import Pipeline
from klipnet_live.types import Phrases, UserError
from klipnet_live.ui.core.controller import Controller, Request
from tests.ui.fakes import FakeFactory, FakePipeline, caption, preview_of_two

CAMERA = Request("camera:0", "en", None)
VIDEO = Request("talk.mp4", "ko", "ko-seed", "phrases.txt")


@pytest.fixture
def factory() -> FakeFactory:
    return FakeFactory()


@pytest.fixture
def controller(qapp: QApplication, factory: FakeFactory) -> Controller:
    return Controller(factory)


def end(pipeline: FakePipeline, error: UserError | None = None) -> None:
    pipeline.state = dataclasses.replace(pipeline.state, running=False, error=error)


def test_a_request_becomes_a_running_pipeline(controller: Controller, factory: FakeFactory) -> None:
    controller.start(VIDEO)
    made = factory.made[0]
    assert (made.source, made.language, made.model) == ("talk.mp4", "ko", "ko-seed")
    assert made.phrases == Phrases(Path("phrases.txt"))
    assert made.started
    assert controller.running


def test_events_arrive_in_order(qtbot: QtBot, controller: Controller, factory: FakeFactory) -> None:
    got: list[str] = []
    controller.caption.connect(lambda event: got.append(event.committed))
    controller.start(CAMERA)
    for text in ("bin", "bin blue"):
        factory.made[0].say(caption(committed=text))
    qtbot.waitUntil(lambda: got == ["bin", "bin blue"])


def test_previews_are_taken_only_while_someone_looks(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    controller.preview_wanted = False
    controller.start(CAMERA)
    slot = factory.made[0].preview
    slot.put(preview_of_two())
    qtbot.wait(120)
    left = slot.take()
    assert left is not None
    slot.put(left)
    with qtbot.waitSignal(controller.preview):
        controller.preview_wanted = True


def test_a_new_start_waits_until_the_old_source_has_ended(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    controller.start(CAMERA)
    old = factory.made[0]
    controller.start(VIDEO)
    qtbot.wait(120)
    assert old.stopped
    assert len(factory.made) == 1
    end(old)
    qtbot.waitUntil(lambda: len(factory.made) == 2)
    assert factory.made[1].source == "talk.mp4"


def test_last_events_of_the_old_source_come_before_the_new_session(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    log: list[str] = []
    controller.caption.connect(lambda event: log.append(event.committed))
    controller.session_started.connect(lambda: log.append("session"))
    controller.start(CAMERA)
    controller.start(VIDEO)
    factory.made[0].say(caption("completed", committed="last words"))
    end(factory.made[0])
    qtbot.waitUntil(lambda: len(factory.made) == 2)
    assert log == ["session", "last words", "session"]


def test_a_source_that_ends_tells_why_and_stops(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    controller.start(CAMERA)
    error = UserError("The camera {name} is gone: connect it again.", name="X")
    with qtbot.waitSignal(controller.problem) as signal:
        end(factory.made[0], error)
    assert signal.args == [error]
    assert not controller.running


def test_a_message_is_shown_once(qtbot: QtBot, controller: Controller, factory: FakeFactory) -> None:
    problems: list[object] = []
    controller.problem.connect(problems.append)
    controller.start(CAMERA)
    made = factory.made[0]
    slow = UserError("The disk is slow.")
    made.state = dataclasses.replace(made.state, error=slow)
    qtbot.wait(1000)
    assert problems == [slow]


@pytest.mark.parametrize(
    "error",
    [UserError("There is no model {model}.", model="x"), PermissionError(13, "Permission denied", "x")],
)
def test_a_pipeline_that_cannot_be_made_is_a_message(
    controller: Controller, factory: FakeFactory, error: Exception
) -> None:
    factory.error = error
    problems: list[object] = []
    running: list[bool] = []
    controller.problem.connect(problems.append)
    controller.running_changed.connect(running.append)
    controller.start(CAMERA)
    assert [str(problem) for problem in problems] == [str(as_user_error(error))]
    assert running == [True, False], "the button says Start again"


def test_stopping_while_waiting_starts_nothing(
    qtbot: QtBot, controller: Controller, factory: FakeFactory
) -> None:
    controller.start(CAMERA)
    controller.start(VIDEO)
    controller.stop()
    end(factory.made[0])
    qtbot.wait(120)
    assert len(factory.made) == 1
    assert not controller.running


def test_finishing_waits_for_the_pipeline_but_not_for_ever(
    controller: Controller, factory: FakeFactory
) -> None:
    controller.start(CAMERA)
    controller.finish(timeout_s=0.1)
    assert factory.made[0].stopped


class Log:
    """A follower that writes down what it is told."""

    def __init__(self) -> None:
        self.entries: list[str] = []

    def begin(self, pipeline: Pipeline, request: Request) -> None:
        pipeline.add_sink(lambda event: self.entries.append(event.committed))
        self.entries.append(f"begin {request.source}")

    def end(self) -> None:
        self.entries.append("end")


def test_a_follower_joins_before_the_start_and_leaves_after_the_last_caption(
    qtbot: QtBot, factory: FakeFactory
) -> None:
    log = Log()
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
def test_whoever_is_told_may_stop_it(
    controller: Controller, factory: FakeFactory, stop: Callable[[Controller], None]
) -> None:
    """As a caption that makes the user close the window does."""
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


def test_whoever_hears_the_last_caption_may_wait_for_the_end(factory: FakeFactory) -> None:
    log = Log()
    controller = Controller(factory)
    controller.add_follower(log)
    controller.start(CAMERA)
    controller.stop()
    factory.made[0].say(caption())
    factory.made[0].end()
    controller.caption.connect(lambda _: controller.finish())
    controller._poll()
    assert log.entries == ["begin camera:0", "bin blue", "end"]
