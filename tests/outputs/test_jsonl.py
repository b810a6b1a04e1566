from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace

from klipnet_live.outputs.jsonl import JsonLines
from klipnet_live.types import Word
from tests.builders import REPOSITORY, event


def test_each_event_is_one_object_with_the_documented_keys() -> None:
    stream = io.StringIO()
    write = JsonLines(stream)
    write(event(committed="안녕", tentative="하\n세", media_s=2.0405))
    write(event("completed"))
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert list(first) == [
        "event", "line", "speaker", "committed", "tentative", "start_s", "end_s", "confidence", "media_s",
        "latency_ms", "words", "readable", "hypothesis", "choices",
    ]  # fmt: skip
    assert first["tentative"] == "하\n세"
    assert "안녕" in stream.getvalue()
    assert second["event"] == "completed"


def test_words_have_their_times_and_their_source() -> None:
    stream = io.StringIO()
    words = (Word("안녕", 0.50004, 0.9, 0.87654), Word("now", 0.9, 1.2, 0.2, "both", readable=False))
    JsonLines(stream)(replace(event(), words=words))
    assert json.loads(stream.getvalue())["words"] == [
        {"text": "안녕", "start_s": 0.5, "end_s": 0.9, "confidence": 0.877, "from": "lips", "readable": True},
        {"text": "now", "start_s": 0.9, "end_s": 1.2, "confidence": 0.2, "from": "both", "readable": False},
    ]


def test_events_are_flushed_and_a_closed_pipe_raises_no_error() -> None:
    program = """
import sys, time
sys.path.insert(0, "tests")
from tests.builders import event
from klipnet_live.outputs.jsonl import JsonLines
write = JsonLines(sys.stdout)
write(event())
deadline = time.monotonic() + 60
while not write.closed and time.monotonic() < deadline:
    write(event())
sys.stderr.write("closed" if write.closed else "never")
"""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["committed"] == "bin blue"
        process.stdout.close()
        assert process.stderr.read() == "closed"
    assert process.returncode == 0
