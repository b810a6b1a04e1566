"""`klipnet-live watch`: the pipeline without a window."""

from __future__ import annotations

import itertools
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from klipnet_training.run.metrics import error_rates

from klipnet_live.types import FPS, CaptionEvent
from tests.footage import DEMO, FIRST_LINE_FRAMES, demo_utterances, encode, frames_of
from tests.limits import DEMO_WER
from tests.program import PROGRAM, events_of, klipnet_live, run
from tests.sound.conftest import tone, write_wav

KEYS = [
    "event", "line", "speaker", "committed", "tentative", "start_s", "end_s", "confidence", "media_s",
    "latency_ms", "words", "readable", "hypothesis", "choices",
]  # fmt: skip

Event = dict[str, Any]


@pytest.fixture(scope="module")
def events() -> list[Event]:
    """All events of the bundled demo."""
    return events_of(klipnet_live("watch", DEMO, "--jsonl", "--pace=fast"))


def lines_of(events: list[Event]) -> list[list[Event]]:
    """The events of each line, lines in the order in which they started."""
    by_line = sorted(events, key=lambda event: int(event["line"]))
    return [list(group) for _, group in itertools.groupby(by_line, lambda event: event["line"])]


def test_an_event_has_the_documented_keys(events: list[Event]) -> None:
    assert [field.name for field in fields(CaptionEvent)] == KEYS
    assert all(list(event) == KEYS for event in events)


def test_every_line_starts_changes_and_completes(events: list[Event]) -> None:
    for line in lines_of(events):
        kinds = [event["event"] for event in line]
        assert kinds[0] == "started"
        assert kinds[-1] == "completed"
        assert set(kinds[1:-1]) == {"changed"}
        assert len({event["speaker"] for event in line}) == 1


def test_committed_text_only_grows(events: list[Event]) -> None:
    for line in lines_of(events):
        for before, after in itertools.pairwise(line):
            assert after["committed"].startswith(before["committed"])
        assert line[-1]["tentative"] == ""


def test_times_are_in_order(events: list[Event]) -> None:
    for line in lines_of(events):
        assert all(a["media_s"] <= b["media_s"] for a, b in itertools.pairwise(line))
        for event in line:
            assert 0 <= event["start_s"] <= event["end_s"] <= event["media_s"]
            assert 0 <= event["confidence"] <= 1
            assert event["latency_ms"] > 0


def test_both_talkers_of_the_demo_are_read(events: list[Event]) -> None:
    utterances = demo_utterances()
    read = [line[-1] for line in lines_of(events) if line[-1]["committed"]]
    assert [event["start_s"] for event in read] == pytest.approx(
        [utterance.start_s for utterance in utterances], abs=0.5
    )
    assert (
        len(
            {(utterance.speaker, event["speaker"]) for utterance, event in zip(utterances, read, strict=True)}
        )
        == 2
    )
    texts = [event["committed"] for event in read]
    assert error_rates([utterance.text for utterance in utterances], texts).wer <= DEMO_WER


def test_a_still_face_gives_no_captions(still_clip: Path) -> None:
    assert events_of(klipnet_live("watch", still_clip, "--jsonl", "--pace=fast")) == []


def test_a_still_face_of_a_recording_gives_no_captions(shared_data: Path, tmp_path: Path) -> None:
    first = next(frames_of(shared_data / "grid_s1" / "video" / "bbal6n.mp4")).image
    clip = encode(tmp_path / "still.mp4", [first] * 75)
    assert events_of(klipnet_live("watch", clip, "--jsonl", "--pace=fast")) == []


def test_a_recording_gives_all_kinds_of_events(shared_data: Path) -> None:
    clip = shared_data / "grid_s1" / "video" / "bbal6n.mp4"
    kinds = [event["event"] for event in events_of(klipnet_live("watch", clip, "--jsonl", "--pace=fast"))]
    assert kinds[0] == "started"
    assert "changed" in kinds
    assert kinds[-1] == "completed"


def test_a_recording_can_be_read_at_its_own_pace(spoken_clip: Path) -> None:
    started_s = time.monotonic()
    found = events_of(klipnet_live("watch", spoken_clip, "--jsonl"))
    assert time.monotonic() - started_s > FIRST_LINE_FRAMES / FPS
    assert [event["event"] for event in found][:: len(found) - 1] == ["started", "completed"]


def test_completed_lines_are_printed_as_text(spoken_clip: Path) -> None:
    finished = klipnet_live("watch", spoken_clip, "--pace=fast")
    assert (finished.returncode, finished.stderr) == (0, "")
    (line,) = finished.stdout.splitlines()
    assert " s  Speaker " in line


def test_a_grammar_allows_only_its_sentences(spoken_clip: Path, tmp_path: Path) -> None:
    grammar = tmp_path / "phrases.txt"
    grammar.write_text("bin blue at f two now\nplace red with g nine soon\n", encoding="utf-8")
    found = events_of(klipnet_live("watch", spoken_clip, "--jsonl", "--pace=fast", "--grammar", grammar))
    assert found[-1]["committed"] == "bin blue at f two now"


def test_hints_forbid_nothing(spoken_clip: Path, tmp_path: Path) -> None:
    hints = tmp_path / "phrases.txt"
    hints.write_text("place red with g nine soon\n", encoding="utf-8")
    found = events_of(klipnet_live("watch", spoken_clip, "--jsonl", "--pace=fast", "--hints", hints))
    # The letter may be too uncertain to be shown, and then is a gap; the hinted sentence has other words.
    assert found[-1]["committed"].replace("…", "f") == "bin blue at f two now"


def test_a_text_file_shows_the_caption_and_is_emptied(spoken_clip: Path, tmp_path: Path) -> None:
    text_file = tmp_path / "now.txt"
    shown = set()
    with subprocess.Popen([*PROGRAM, "watch", str(spoken_clip), "--text-file", str(text_file)]) as program:
        while program.poll() is None:
            shown.add(text_file.read_text(encoding="utf-8") if text_file.exists() else "")
            time.sleep(0.02)
    assert any(text.strip() for text in shown)
    assert text_file.read_text(encoding="utf-8") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_closed_terminal_leaves_no_caption_in_the_file(tmp_path: Path) -> None:
    text_file = tmp_path / "now.txt"
    text_file.write_text("of a computer that crashed", encoding="utf-8")
    command = [*PROGRAM, "watch", str(DEMO), "--text-file", str(text_file), "--overwrite"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as program:
        while program.poll() is None and text_file.read_text(encoding="utf-8") in (
            "",
            "of a computer that crashed",
        ):
            time.sleep(0.02)
        program.send_signal(signal.SIGHUP)
    assert program.returncode == 0
    assert text_file.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    "command", [["watch", "--jsonl", "--pace=fast"], ["watch", "--pace=fast"], ["caption"]]
)
def test_output_is_utf_8_whatever_the_encoding_of_a_pipe(command: list[str], tmp_path: Path) -> None:
    """As on Windows, where files and pipes use the regional encoding."""
    korean = DEMO.with_name("demo-ko.mp4")
    clip = encode(tmp_path / "ko.mp4", [frame.image for frame in frames_of(korean, FIRST_LINE_FRAMES)])
    finished = klipnet_live(*command, clip, "--language=ko", PYTHONIOENCODING="cp1252")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert re.search("[가-힣]{2}", finished.stdout)
    assert ("화자 " in finished.stdout) is ("--jsonl" not in command), "named in the language that is read"


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize("options", ["--jsonl", ""])
def test_a_closed_pipe_ends_the_command_without_an_error(options: str) -> None:
    """At the demo's own pace, so that much output is left when `head` has its line."""
    command = f"set -o pipefail; '{PROGRAM[0]}' -m klipnet_live watch '{DEMO}' {options} | head -n 1"
    finished = run(["bash", "-c", command])
    assert (finished.returncode, finished.stderr) == (0, "")
    assert len(finished.stdout.splitlines()) == 1


def test_without_its_models_named_sound_gives_one_line_and_lips_are_read(
    spoken_clip: Path, tmp_path: Path
) -> None:
    options = ("--pace=fast", "--sound", write_wav(tmp_path / "talk.wav", tone(440, 1.0)))
    finished = klipnet_live("watch", spoken_clip, *options, XDG_DATA_HOME=str(tmp_path))
    assert finished.returncode == 0
    (line,) = finished.stderr.splitlines()
    assert "klipnet-live sound get en" in line
    assert " s  Speaker " in finished.stdout


def test_neither_video_nor_sound_is_reported() -> None:
    finished = klipnet_live("watch", "none")
    assert (finished.returncode, len(finished.stderr.splitlines())) == (1, 1)


def test_without_a_display_the_window_command_captions_in_the_terminal(spoken_clip: Path) -> None:
    finished = klipnet_live(spoken_clip)
    assert finished.returncode == 0
    assert finished.stderr.splitlines() == [
        f"There is no display for a window. Captions of {spoken_clip.name} in the terminal:"
    ]
    assert " s  Speaker " in finished.stdout
