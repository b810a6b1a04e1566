"""Captions are stored in transcripts while they come, and are recovered after a crash."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.transcripts import saved_elsewhere
from klipnet_live.transcripts.session_file import CLOSED, StoredLine
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.app.shell import AppShell
from tests.conftest import REPOSITORY
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, FakePipeline, caption
from tests.ui.stored_sessions import shown_lines, store_session, texts_of


def names_of(store: SessionStore) -> list[list[str]]:
    return [[stored.line.name for stored in session.lines] for session in store.sessions()]


def test_each_completed_line_is_stored_at_once(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, store: SessionStore
) -> None:
    desktop = open_desktop()
    desktop.window.start_page.card("camera").click()
    factory.made[0].say(caption("changed", committed="bin"))
    factory.made[0].say(caption("completed", committed="bin blue"))
    qtbot.waitUntil(lambda: texts_of(store) == [["bin blue"]])
    (session,) = store.sessions()
    header = session.header
    assert (header.title, header.source, header.language) == ("Front", "camera:0", "en")
    assert not session.closed
    factory.made[0].end()
    desktop.controller.finish()
    assert store.sessions()[0].closed


def test_renaming_a_speaker_applies_to_stored_lines(
    qtbot: QtBot, open_desktop: Open, factory: FakeFactory, store: SessionStore
) -> None:
    desktop = open_desktop("camera:0")
    factory.made[0].say(caption("completed", committed="one"))
    desktop.speakers.rename("1", "Ada")
    factory.made[0].say(caption("completed", committed="two"))
    qtbot.waitUntil(lambda: names_of(store) == [["Ada", "Ada"]])


def test_nothing_is_stored_once_transcripts_are_switched_off(
    open_desktop: Open, factory: FakeFactory, tmp_path: Path
) -> None:
    desktop = open_desktop("camera:0")
    desktop.settings_store.change(keep_transcripts=False)
    factory.made[0].say(caption("completed", committed="secret"))
    desktop.controller.finish(timeout_s=0)
    assert not (tmp_path / "sessions").exists()


def complete_two_lines(pipeline: FakePipeline) -> None:
    for line in (2, 3):
        pipeline.say(caption("completed", line=line, committed=f"line {line}"))


def test_a_full_disk_is_reported_once_and_captions_go_on(
    qtbot: QtBot,
    open_desktop: Open,
    factory: FakeFactory,
    store: SessionStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desktop = open_desktop("camera:0")
    factory.made[0].say(caption("completed", line=1, committed="before"))
    problems: list[object] = []
    desktop.recorder.problem.connect(problems.append)

    def no_space(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("klipnet_live.transcripts.session_file.os.fsync", no_space)
        output = threading.Thread(target=complete_two_lines, args=(factory.made[0],))
        output.start()
        output.join()
        qtbot.waitUntil(lambda: "no space left" in desktop.window.message_bar.text.text())
    assert len(problems) == 1
    qtbot.waitUntil(lambda: desktop.window.captions.model.rowCount() == 3)
    factory.made[0].say(caption("completed", line=4, committed="after"))
    qtbot.waitUntil(lambda: texts_of(store) == [["before", "line 2", "line 3", "after"]])


_KILLED = """
import os, signal, sys, time
from pathlib import Path
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.app import application
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.services import StartChoice, Services
from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader
from tests.ui.fakes import FakeFactory, FakeJobs, FakeStudios, caption

folder, factory = Path(sys.argv[1]), FakeFactory()
app = application.make_application()
services = Services(factory, FakeJobs(), FakeStudios(), list, SessionStore(folder / "sessions"))
desktop = AppShell(app, folder / "settings.json", services, CatalogueReader(Catalogue))
desktop.open(StartChoice("talk.mp4"))
for line in range(50):
    factory.made[0].say(caption("completed", line=line, committed=f"line {line}"))
latest_s = time.monotonic() + 60
while len(services.sessions.sessions()[0].lines) < 50 and time.monotonic() < latest_s:
    time.sleep(0.01)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_app_loses_no_line(
    qtbot: QtBot, open_desktop: Open, store: SessionStore, tmp_path: Path
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path)], cwd=REPOSITORY, check=False, timeout=120
    )
    assert killed.returncode == -signal.SIGKILL
    desktop = open_desktop("camera:0")
    desktop.recover_sessions()
    qtbot.waitUntil(lambda: "Saved lines: 50." in desktop.window.message_bar.text.text())
    assert texts_of(store) == [[f"line {number}" for number in range(50)]]


def test_an_interrupted_session_is_offered_once(qtbot: QtBot, open_desktop: Open, tmp_path: Path) -> None:
    store_session(SessionStore(tmp_path / "sessions"), "Friday", ["one", "two"], close=False)
    desktop: AppShell = open_desktop("talk.mp4")
    desktop.recover_sessions()
    bar = desktop.window.message_bar
    message = "The last session ended unexpectedly. Saved lines: 2."
    qtbot.waitUntil(lambda: bar.text.text() == message)
    assert bar.property("role") == "calm"
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert desktop.transcripts.isVisible()
    qtbot.waitUntil(lambda: shown_lines(desktop.transcripts) == ["one", "two"])
    desktop.recover_sessions()
    qtbot.wait(200)
    assert not bar.isVisible()


def test_lines_saved_elsewhere_are_offered_in_their_session(
    qtbot: QtBot, open_desktop: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    store_session(SessionStore(tmp_path / "sessions"), "Friday", ["one", "two"], close=False)
    [path] = (tmp_path / "sessions").glob("*.jsonl")
    late = StoredLine(3, CaptionLine("1", "Ada", 3.0, 3.9, "three", 0.9)).record()
    saved_elsewhere.save(path, {"record": "session"}, [late, CLOSED])
    desktop: AppShell = open_desktop("talk.mp4")
    desktop.recover_sessions()
    bar = desktop.window.message_bar
    qtbot.waitUntil(lambda: "Its last lines (1) are now in its transcript." in bar.text.text())
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown_lines(desktop.transcripts) == ["one", "two", "three"])
