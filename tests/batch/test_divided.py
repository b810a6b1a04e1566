"""A long recording read in stretches by several processes gives the captions of one process."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from klipnet_live.batch.divided import submit_video
from klipnet_live.batch.messages import Done, Failed, Message, Note, PartialResult, Progress
from klipnet_live.batch.processes import ProcessRunner
from klipnet_live.batch.tasks import CaptionVideo, Divided, ReadingChoice, ReadVideo
from klipnet_live.errors import Problem
from klipnet_live.media.stretches import Division, Stretch
from klipnet_live.types import CaptionEvent
from tests.batch.listening import RecordingListener
from tests.batch.manual_runner import ManualRunner
from tests.footage import DEMO, demo_utterances

DIVISION = Division(stretch_s=5, overlap_s=3)


def test_two_processes_write_each_line_once_with_the_right_name(tmp_path: Path) -> None:
    heard = RecordingListener()
    task = CaptionVideo(DEMO, tmp_path / "demo.txt", ReadingChoice("en"), division=DIVISION)
    assert len(DIVISION.stretches_of(DEMO)) == 2
    with closing(ProcessRunner(2)) as runner:
        submit_video(runner, task, heard)
        assert heard.last() == Done(4)
    written = (tmp_path / "demo.txt").read_text(encoding="utf-8").splitlines()
    ids = {"left": 1, "right": 2}
    expected = [f"Speaker {ids[utterance.speaker]}: {utterance.text}" for utterance in demo_utterances()]
    assert [text.partition("] ")[2] for text in written] == expected
    parts = [message.part for message in heard.messages if isinstance(message, Progress)]
    assert parts == sorted(parts)
    # Half of the work is reading; either stretch is a half of that, and does not come at once.
    assert any(0.05 < part < 0.2 for part in parts)
    assert any(0.3 < part < 0.45 for part in parts)


def begun() -> tuple[ManualRunner, list[Message]]:
    runner, heard = ManualRunner(), list[Message]()
    submit_video(runner, ReadVideo(Path("long.mp4"), ReadingChoice("en"), division=DIVISION), heard.append)
    stretches = tuple(Stretch(start_s, start_s + 10) for start_s in (0, 10, 20))
    runner.listeners[0](Done(Divided(stretches)))
    assert [task.stretch for task in runner.tasks[1:]] == list(stretches)
    return runner, heard


def spoken(second: float) -> CaptionEvent:
    return CaptionEvent("completed", 1, "1", f"{second:g}", "", second, second + 1, 0.9, second, 0.0)


def test_lines_are_reported_in_order() -> None:
    runner, heard = begun()
    runner.listeners[2](PartialResult(spoken(15)))
    assert heard == []
    runner.listeners[1](PartialResult(spoken(5)))
    assert [message.value.text for message in heard if isinstance(message, PartialResult)] == ["5"]


def test_a_failing_stretch_ends_all_and_is_reported_once() -> None:
    runner, heard = begun()
    problem = Problem("The process died.")
    for listener in runner.listeners[1:3]:
        listener(Note(problem))
        listener(Failed(problem))
    assert heard == [Note(problem), Failed(problem)]
    assert runner.cancelled == {0, 1, 2, 3}


def test_cancelling_cancels_all_stretches() -> None:
    runner = ManualRunner()
    run = submit_video(runner, ReadVideo(Path("long.mp4"), ReadingChoice("en")), lambda message: None)
    runner.listeners[0](Done(Divided((Stretch(0, 10), Stretch(10, 20)))))
    run.cancel()
    assert runner.cancelled == {0, 1, 2}
