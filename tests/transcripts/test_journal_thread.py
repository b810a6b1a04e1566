"""A slow disk: nothing waits for it, and nothing is lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from klipnet_live.transcripts.journal_thread import PATIENCE_S, JournalThread
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import UserError
from tests.builders import line
from tests.transcripts.test_journal import STARTED, begin

SLOW_S = 0.6


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    synchronise = os.fsync

    def slowly(descriptor: int) -> None:
        time.sleep(SLOW_S)
        synchronise(descriptor)

    monkeypatch.setattr("klipnet_live.transcripts.session_file.os.fsync", slowly)


def texts(folder: Path) -> list[str]:
    [session] = SessionStore(folder).sessions()
    return [stored.line.text for stored in session.lines]


@pytest.mark.usefixtures("slow_disk")
def test_a_slow_disk_blocks_nothing_and_loses_nothing(tmp_path: Path) -> None:
    journal = JournalThread(begin(tmp_path, []))
    began_s = time.monotonic()
    for number in range(8):
        journal(line(f"line {number}"))
    journal.close()
    assert time.monotonic() - began_s < 9 * (PATIENCE_S + 0.05), "no call may wait for the disk"
    assert journal.join(4 * SLOW_S), "lines that came meanwhile are written at once"
    assert texts(tmp_path) == [f"line {number}" for number in range(8)]
    assert SessionStore(tmp_path).sessions()[0].closed


def test_on_a_fast_disk_each_line_is_written_before_the_next(tmp_path: Path) -> None:
    journal = JournalThread(begin(tmp_path, []))
    for number in range(3):
        journal(line(f"line {number}"))
        assert texts(tmp_path)[-1] == f"line {number}"
    journal.close()
    assert journal.join(60)


@pytest.mark.usefixtures("slow_disk")
def test_changes_are_applied_after_earlier_lines(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    journal = JournalThread(store.begin("Talk", "en", "screen", STARTED, pytest.fail))
    journal(line("before"))
    journal.do(lambda: store.rename_speaker(journal.session_id, "1", "Ada"))
    journal(line("after"))
    journal.close()
    assert journal.join(60)
    [session] = store.sessions()
    assert [(stored.line.text, stored.line.name) for stored in session.lines] == [
        ("before", "Ada"),
        ("after", "Speaker 1"),
    ]


def test_a_write_error_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems: list[UserError] = []

    def refuse(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    journal = JournalThread(begin(tmp_path, problems))
    with monkeypatch.context() as broken:
        broken.setattr("klipnet_live.transcripts.session_file.os.fsync", refuse)
        journal(line("first"))
    journal(line("second"))
    journal.close()
    assert journal.join(60)
    assert len(problems) == 1
    assert texts(tmp_path) == ["first", "second"]
