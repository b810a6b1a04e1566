"""Tasks in processes: one that crashes or is cancelled does not affect the others."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from klipnet_live.batch import processes
from klipnet_live.batch.messages import Cancelled, Done, Failed, PartialResult, Started
from klipnet_live.batch.processes import ProcessRunner
from tests.batch.listening import RecordingListener
from tests.batch.tasks import AnswerStrangely, Die, Refuse, Square, Wait


@pytest.fixture
def runner() -> Iterator[ProcessRunner]:
    runner = ProcessRunner(1)
    yield runner
    runner.close()


def test_a_task_reports_messages_and_ends(runner: ProcessRunner) -> None:
    listener = RecordingListener()
    runner.submit(Square(4), listener)
    assert listener.last() == Done(16)
    assert listener.messages == [Started(), PartialResult("4 squared"), Done(16)]


def test_tasks_run_in_order_even_if_some_fail(runner: ProcessRunner) -> None:
    listeners = [RecordingListener() for _ in range(5)]
    tasks = [Refuse(), Die(), AnswerStrangely(), Square(3), Square(5)]
    for task, listener in zip(tasks, listeners, strict=True):
        runner.submit(task, listener)
    refused, died, strange, *good = [listener.last() for listener in listeners]
    assert str(refused.problem) == "a.mp4 lasts 2.2 s: cut it."
    assert isinstance(died, Failed)
    assert "crashed" in str(died.problem)
    assert strange == died
    assert good == [Done(9), Done(25)]


def test_a_task_fails_if_no_process_can_be_started(
    runner: ProcessRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pipe() -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    refused, later = RecordingListener(), RecordingListener()
    with monkeypatch.context() as patch:
        patch.setattr(processes, "_SPAWN", SimpleNamespace(Pipe=no_pipe))
        runner.submit(Square(2), refused)
        assert "Too many open files" in str(refused.last().problem)
    runner.submit(Square(3), later)
    assert later.last() == Done(9)


def test_running_and_waiting_tasks_can_be_cancelled(runner: ProcessRunner, tmp_path: Path) -> None:
    running, waiting, after = RecordingListener(), RecordingListener(), RecordingListener()
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
