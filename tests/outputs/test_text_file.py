from __future__ import annotations

from pathlib import Path

import pytest

from klipnet_live.captions.on_screen import HOLD_S
from klipnet_live.outputs.text_file import CaptionFile
from klipnet_live.types import UserError
from tests.builders import event


def test_the_file_follows_the_captions_on_screen(tmp_path: Path) -> None:
    path = tmp_path / "captions.txt"
    write = CaptionFile(path, pytest.fail)
    write(event(committed="bin ", tentative="blu"))
    assert path.read_text("utf-8") == "bin blu\n"
    write(event("completed", committed="bin blue", media_s=3.0))
    write(event(committed="안녕하세요", number=2, speaker="2", media_s=3.0))
    assert path.read_text("utf-8") == "Speaker 1: bin blue\nSpeaker 2: 안녕하세요\n"
    write.refresh(3.0 + HOLD_S + 1)
    assert path.read_text("utf-8") == "Speaker 2: 안녕하세요\n", "the name must stay"
    write.clear()
    write(event(committed="안녕", number=2, speaker="2", media_s=9.0))
    assert path.read_text("utf-8") == "안녕\n"
    write.close()
    assert path.read_text("utf-8") == ""
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_replaced_at_once(tmp_path: Path) -> None:
    path = tmp_path / "captions.txt"
    write = CaptionFile(path, pytest.fail)
    write(event(committed="one"))
    with path.open() as reader:
        write(event(committed="another text"))
        assert reader.read() == "one\n", "the old file is replaced, not rewritten in place"


def test_a_removed_folder_is_reported_once_and_captions_go_on(tmp_path: Path) -> None:
    problems: list[UserError] = []
    folder = tmp_path / "obs"
    write = CaptionFile(folder / "captions.txt", problems.append)
    write(event(committed="one"))
    write(event(committed="two"))
    assert len(problems) == 1
    folder.mkdir()
    write(event(committed="two"))
    assert (folder / "captions.txt").read_text() == "two\n"
