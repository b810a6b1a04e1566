"""Outputs outlive pipelines and run on threads of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from klipnet_live.latest import Latest
from klipnet_live.pipeline.outputs import Outputs, OutputState
from klipnet_live.types import CaptionEvent, Frame, UserError

SOON_S = 60.0
GONE = UserError("The device is gone: connect it.")


@dataclass(frozen=True, slots=True)
class Picture:
    frame: Frame


class Pipeline:
    """Accepts a sink and a viewer, like a pipeline before its start."""

    def __init__(self) -> None:
        self.sinks: list[Callable[[CaptionEvent], None]] = []
        self.slot = Latest[Picture]()

    def add_sink(self, sink: Callable[[CaptionEvent], None]) -> None:
        self.sinks.append(sink)

    def add_viewer(self) -> Latest[Picture]:
        return self.slot

    def say(self, line: int) -> None:
        for sink in self.sinks:
            sink(CaptionEvent("changed", line, "1", "words", "", 0.0, 1.0, 0.9, 1.0, 100.0))


class Recording:
    """An output that records its calls."""

    def __init__(self, log: list[str], name: str = "a", error: Exception | None = None) -> None:
        self._log, self._name, self._error = log, name, error
        self._stopping = threading.Event()
        self.lines: list[int] = []
        self.cleared = 0

    def open(self) -> str:
        self._log.append(f"{self._name} opens")
        if self._error is not None:
            raise self._error
        return f"device {self._name}"

    def run(self) -> None:
        self._stopping.wait(SOON_S)
        self._log.append(f"{self._name} ends")

    def __call__(self, event: CaptionEvent) -> None:
        self.lines.append(event.line)

    def clear(self) -> None:
        self.cleared += 1

    def stop(self) -> None:
        self._stopping.set()


@pytest.fixture
def states() -> list[OutputState]:
    return []


@pytest.fixture
def outputs(states: list[OutputState]) -> Iterator[Outputs]:
    created = Outputs(states.append)
    yield created
    created.close(SOON_S)


def frame(index: int) -> Picture:
    return Picture(Frame(index, index / 25, np.zeros((2, 2, 3), np.uint8)))


def test_an_open_output_receives_the_events_of_each_pipeline(
    outputs: Outputs, states: list[OutputState]
) -> None:
    output = Recording([])
    outputs.start("a", output)
    outputs.wait()
    for number in (1, 2):
        pipeline = Pipeline()
        outputs.attach(pipeline)
        pipeline.say(number)
    assert output.lines == [1, 2]
    assert output.cleared == 2
    assert states == [OutputState("a", open=True, detail="device a")]


def test_every_output_sees_the_newest_picture_until_the_pipeline_ends(outputs: Outputs) -> None:
    pipeline = Pipeline()
    outputs.attach(pipeline)
    assert outputs.newest() is None
    pipeline.slot.put(frame(1))
    first = outputs.newest()
    assert first is not None
    assert outputs.newest() is first
    pipeline.slot.put(frame(2))
    assert outputs.newest() is not first
    outputs.detach()
    pipeline.slot.put(frame(3))
    assert outputs.newest() is None


def test_an_output_is_replaced_after_the_previous_one_has_ended(outputs: Outputs) -> None:
    log: list[str] = []
    outputs.start("camera", Recording(log, "old"))
    outputs.wait()
    outputs.start("camera", Recording(log, "new"))
    outputs.wait()
    assert log == ["old opens", "old ends", "new opens"]


def test_an_output_that_cannot_be_opened_is_reported_and_gets_no_events(
    outputs: Outputs, states: list[OutputState]
) -> None:
    output = Recording([], error=GONE)
    outputs.start("camera", output)
    with pytest.raises(UserError, match="connect it"):
        outputs.wait()
    pipeline = Pipeline()
    outputs.attach(pipeline)
    pipeline.say(1)
    assert output.lines == []
    outputs.close(SOON_S)
    assert states == [OutputState("camera", open=False, problem=GONE)]


def test_an_unexpected_error_ends_the_output_with_a_message(outputs: Outputs) -> None:
    outputs.start("camera", Recording([], error=ValueError("shape")))
    with pytest.raises(UserError, match="ValueError: shape"):
        outputs.wait()


def test_a_stopped_output_is_reported_and_can_be_started_again(
    outputs: Outputs, states: list[OutputState]
) -> None:
    log: list[str] = []
    outputs.start("a", Recording(log))
    outputs.wait()
    outputs.stop("a")
    outputs.stop("never started")
    outputs.start("a", Recording(log))
    outputs.wait()
    assert log == ["a opens", "a ends", "a opens"]
    assert [state.open for state in states] == [True, False, True]


def test_closing_waits_until_the_outputs_have_ended(outputs: Outputs) -> None:
    log: list[str] = []
    for name in ("a", "b"):
        outputs.start(name, Recording(log, name))
    outputs.wait()
    outputs.close(SOON_S)
    assert sorted(log[2:]) == ["a ends", "b ends"]


class Fragile(Recording):
    """Fails at the given events and runs."""

    def __init__(self, log: list[str], bad_lines: tuple[int, ...] = (), bad_runs: int = 0) -> None:
        super().__init__(log)
        self._bad_lines, self._bad_runs = bad_lines, bad_runs

    def run(self) -> None:
        if self._bad_runs:
            self._bad_runs -= 1
            raise ConnectionError("lost")
        super().run()

    def __call__(self, event: CaptionEvent) -> None:
        if event.line in self._bad_lines:
            raise ValueError("shape")
        super().__call__(event)


def test_a_failing_output_is_reported_once_and_gets_the_next_event(
    outputs: Outputs, states: list[OutputState]
) -> None:
    fragile, sound = Fragile([], bad_lines=(1, 2)), Recording([], "b")
    outputs.start("a", fragile)
    outputs.start("b", sound)
    outputs.wait()
    pipeline = Pipeline()
    outputs.attach(pipeline)
    for number in (1, 2, 3):
        pipeline.say(number)
    assert sound.lines == [1, 2, 3]
    assert fragile.lines == [3]
    troubled = [(state.open, state.tries_again, str(state.problem)) for state in states[2:]]
    assert [(open_, again) for open_, again, _ in troubled] == [(True, True), (True, False)]
    assert "shape" in troubled[0][2]


def test_an_output_that_fails_while_running_is_reopened(
    outputs: Outputs, states: list[OutputState], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klipnet_live.pipeline.outputs.FIRST_PAUSE_S", 0.01)
    log: list[str] = []
    fragile = Fragile(log, bad_runs=2)
    outputs.start("a", fragile)
    outputs.wait()
    deadline_s = time.monotonic() + SOON_S
    while len(log) < 3 and time.monotonic() < deadline_s:
        time.sleep(0.01)
    assert log == ["a opens"] * 3
    assert [state.tries_again for state in states if state.problem is not None] == [True, True]
    pipeline = Pipeline()
    outputs.attach(pipeline)
    while not fragile.lines and time.monotonic() < deadline_s:
        pipeline.say(1)
    assert fragile.lines


def test_a_stopped_output_is_not_reopened(outputs: Outputs) -> None:
    log: list[str] = []
    outputs.start("a", Fragile(log, bad_runs=1))
    outputs.wait()
    outputs.close(SOON_S)
    assert log == ["a opens"]
