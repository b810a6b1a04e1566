from __future__ import annotations

import threading
from pathlib import Path

import pytest

from klipnet_live.captions.on_screen import HOLD_S, OnScreen
from klipnet_live.outputs import text_file
from klipnet_live.outputs.text_file import CaptionFile, TextFileOutput
from klipnet_live.types import UserError
from tests.builders import event


def test_the_file_follows_the_captions_on_screen(tmp_path: Path) -> None:
    path = tmp_path / "captions.txt"
    file = CaptionFile(path, pytest.fail)
    file.add(event(committed="bin ", tentative="blu"))
    file.refresh()
    assert path.read_text("utf-8") == "bin blu\n"
    file.add(event("completed", committed="bin blue", media_s=3.0))
    file.add(event(committed="안녕하세요", number=2, speaker="2", media_s=3.0))
    file.refresh()
    assert path.read_text("utf-8") == "Speaker 1: bin blue\nSpeaker 2: 안녕하세요\n"
    file.refresh(3.0 + HOLD_S + 1)
    assert path.read_text("utf-8") == "Speaker 2: 안녕하세요\n", "the name must stay"
    file.clear()
    file.add(event(committed="안녕", number=2, speaker="2", media_s=9.0))
    file.refresh()
    assert path.read_text("utf-8") == "안녕\n"
    file.close()
    assert path.read_text("utf-8") == ""
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_replaced_at_once(tmp_path: Path) -> None:
    path = tmp_path / "captions.txt"
    file = CaptionFile(path, pytest.fail)
    file.add(event(committed="one"))
    file.refresh()
    with path.open() as reader:
        file.add(event(committed="another text"))
        file.refresh()
        assert reader.read() == "one\n", "the old file is replaced, not rewritten in place"


def test_a_removed_folder_is_reported_once_and_captions_go_on(tmp_path: Path) -> None:
    problems: list[UserError] = []
    folder = tmp_path / "obs"
    file = CaptionFile(folder / "captions.txt", problems.append)
    file.add(event(committed="one"))
    file.refresh()
    file.add(event(committed="two"))
    file.refresh()
    assert len(problems) == 1
    folder.mkdir()
    file.refresh()
    assert (folder / "captions.txt").read_text() == "two\n"


def test_captions_do_not_wait_for_a_slow_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = TextFileOutput(tmp_path / "captions.txt", lambda: None, pytest.fail, OnScreen())
    output.open()
    writing, disk_is_back = threading.Event(), threading.Event()

    def write_slowly(path: Path, content: bytes, *, durable: bool) -> None:
        writing.set()
        assert disk_is_back.wait(60)
        path.write_bytes(content)

    monkeypatch.setattr(text_file, "write_atomically", write_slowly)
    running = threading.Thread(target=output.run, daemon=True)
    running.start()
    assert writing.wait(60)
    delivery = threading.Thread(target=output, args=(event(committed="one"),), daemon=True)
    delivery.start()
    delivery.join(5)
    held_up = delivery.is_alive()
    disk_is_back.set()
    output.stop()
    running.join(60)
    assert not held_up
