"""Phrases from clips to captions, with the commands and the real tracker; the demo's talkers show them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.cli import main
from klipnet_live.phrases.profile_storage import FILE_NAME
from klipnet_live.types import Image
from tests.footage import DEMO, demo_utterances, encode, frames_of
from tests.program import klipnet_live

PAUSE_FRAMES = 30


def spoken(number: int) -> list[Image]:
    """One talker's half of the picture during this utterance of the demo."""
    utterance = demo_utterances()[number]
    first = round(utterance.start_s * 25) - 10
    half = slice(0, 640) if utterance.speaker == "left" else slice(640, 1280)
    frames = list(frames_of(DEMO, first + 60))[first:]
    return [np.ascontiguousarray(frame.image[:, half]) for frame in frames]


def lit(pictures: list[Image], light: float) -> list[Image]:
    return [np.clip(picture * light, 0, 255).astype(np.uint8) for picture in pictures]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two phrases of the left talker, twice each, in a folder per phrase."""
    folder = tmp_path_factory.mktemp("shown")
    left = [number for number, utterance in enumerate(demo_utterances()) if utterance.speaker == "left"]
    for name, number in zip(("물 주세요", "thank you"), left, strict=False):
        (folder / name).mkdir()
        for take, light in enumerate((1.0, 0.8)):
            encode(folder / name / f"{take}.mp4", lit(spoken(number), light))
    return folder


@pytest.fixture(scope="module")
def profile(shown: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("profiles") / "mine"
    made = klipnet_live("phrases", "from-videos", str(folder), str(shown))
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == "mine: 2 phrases, 4 takes\n"
    return folder


def test_list_and_check_show_the_phrases_of_a_profile(profile: Path) -> None:
    assert klipnet_live("phrases", "list", str(profile)).stdout.splitlines() == [
        "  2 takes  thank you",
        "  2 takes  물 주세요",
    ]
    checked = klipnet_live("phrases", "check", str(profile)).stdout.splitlines()
    assert checked[:2] == ["2 of 2 right  thank you", "2 of 2 right  물 주세요"]


def test_a_phrase_is_recognised_in_a_video(profile: Path, shown: Path, tmp_path: Path) -> None:
    """In other light, with a pause after each phrase."""
    left = [number for number, utterance in enumerate(demo_utterances()) if utterance.speaker == "left"]
    pictures = []
    for number in left[:2]:
        take = lit(spoken(number), 0.9)
        pictures += take + [take[-1]] * PAUSE_FRAMES
    video = encode(tmp_path / "camera.mp4", pictures)
    watched = klipnet_live("watch", str(video), "--pace", "fast", "--jsonl", "--phrases", str(profile))
    events = [json.loads(line) for line in watched.stdout.splitlines()]
    completed = [event for event in events if event["event"] == "completed"]
    best = [event["committed"] or event["choices"][0] for event in completed]
    assert best == ["물 주세요", "thank you"]
    assert all(event["readable"] == bool(event["committed"]) for event in completed)
    assert all(len(event["words"]) == len(event["committed"].split()) for event in completed)


def test_phrases_are_added_and_removed(tmp_path: Path) -> None:
    folder, listed = str(tmp_path / "mine"), tmp_path / "listed.txt"
    listed.write_text("네\n아니요\n", encoding="utf-8")
    added = klipnet_live("phrases", "add", folder, "도와주세요", str(listed))
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout.startswith("mine: 3 phrases. ")
    assert klipnet_live("phrases", "remove", folder, "아니요").returncode == 0
    assert klipnet_live("phrases", "list", folder).stdout.split() == [
        "0",
        "takes",
        "도와주세요",
        "0",
        "takes",
        "네",
    ]
    assert klipnet_live("phrases", "remove", folder).returncode == 0
    assert not (tmp_path / "mine" / FILE_NAME).exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_profile_is_removed_at_a_terminal_only_if_the_user_agrees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mine"
    assert main(["phrases", "add", str(folder), "네"]) == 0
    for answer, kept in (("", True), ("n\n", True), ("y\n", False)):
        monkeypatch.setattr(sys, "stdin", Terminal(answer))
        assert main(["phrases", "remove", str(folder)]) == 0
        assert (folder / FILE_NAME).exists() == kept


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("check", "nobody"), "no profile nobody. "),
        (("from-videos", "new", "missing"), "folder missing does not exist"),
        (("add", "new", "misspelt.txt"), "no file misspelt.txt"),
        (("add", "new", "misspelt.TXT"), "no file misspelt.TXT"),
        (("remove", "nobody"), "no profile"),
        (("import", "missing.zip"), "not an exported profile"),
    ],
)
def test_mistakes_are_one_line_errors(command: tuple[str, ...], message: str) -> None:
    finished = klipnet_live("phrases", *command)
    assert finished.returncode == 1
    (line,) = finished.stderr.splitlines()
    assert message in line


def test_two_people_in_view_are_reported(tmp_path: Path) -> None:
    (tmp_path / "both").mkdir()
    encode(tmp_path / "both" / "two.mp4", [frame.image for frame in frames_of(DEMO, 70)])
    finished = klipnet_live("phrases", "from-videos", str(tmp_path / "profile"), str(tmp_path))
    assert finished.returncode == 1
    assert "two people in two.mp4" in finished.stderr
    assert not (tmp_path / "profile").exists()


def test_an_empty_profile_is_reported(tmp_path: Path) -> None:
    klipnet_live("phrases", "add", str(tmp_path / "empty"), "네")
    finished = klipnet_live("watch", str(DEMO), "--pace", "fast", "--phrases", str(tmp_path / "empty"))
    assert finished.returncode == 1
    assert "is empty. Record its phrases first" in finished.stderr
