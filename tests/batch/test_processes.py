"""Tasks in processes: one that crashes or is cancelled does not affect the others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from klipnet_live.batch.messages import Cancelled, Done, Failed, Said, Started
from klipnet_live.batch.processes import ProcessRunner
from tests.batch.listening import Heard
from tests.batch.tasks import Die, Refuse, Square, Wait


@pytest.fixture
def runner() -> Iterator[ProcessRunner]:
    runner = ProcessRunner(1)
    yield runner
    runner.close()


def test_a_task_says_something_and_ends(runner: ProcessRunner) -> None:
    heard = Heard()
    runner.submit(Square(4), heard)
    assert heard.last() == Done(16)
    assert heard.messages == [Started(), Said("4 squared"), Done(16)]


def test_one_after_the_other_whatever_becomes_of_them(runner: ProcessRunner) -> None:
    heard = [Heard() for _ in range(4)]
    for task, listener in zip([Refuse(), Die(), Square(3), Square(5)], heard, strict=True):
        runner.submit(task, listener)
    refused, died, *good = [listener.last() for listener in heard]
    assert str(refused.problem) == "a.mp4 lasts 2.2 s: cut it."
    assert isinstance(died, Failed)
    assert "crashed" in str(died.problem)
    assert good == [Done(9), Done(25)]


def test_cancelling_what_runs_and_what_waits(runner: ProcessRunner, tmp_path: Path) -> None:
    running, waiting, after = Heard(), Heard(), Heard()
    first = runner.submit(Wait(tmp_path / "first", 60), running)
    second = runner.submit(Wait(tmp_path / "second", 60), waiting)
    runner.submit(Square(2), after)
    running.first()
    began_s = time.monotonic()
    second.cancel()
    first.cancel()
    assert running.last() == waiting.last() == Cancelled()
    assert after.last() == Done(4)
    assert time.monotonic() - began_s < 30
    assert not (tmp_path / "second").exists()
