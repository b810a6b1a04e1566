"""Two processes that share a folder of sessions."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from klipnet_live.transcripts.sessions import SessionStore
from tests.builders import REPOSITORY, line

STARTED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

OTHER = """
import sys
from pathlib import Path
from klipnet_live.transcripts.sessions import SessionStore
store = SessionStore(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    for session in store.sessions():
        store.rename(session.id, f"title {number}")
print("recovered:", len(store.recovered()), flush=True)
"""


def other_window(folder: Path, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", OTHER, str(folder), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)


def test_no_line_is_lost_while_another_window_changes_the_session(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "sessions")
    journal = store.begin("Talk", "en", "camera:0", STARTED, print)
    journal(line("line 0"))
    with other_window(tmp_path / "sessions", 15) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        number = 1
        while process.poll() is None:
            journal(line(f"line {number}"))
            number += 1
            time.sleep(0.005)
        assert process.stdout.read() == "recovered: 0\n", "a running session must not count as interrupted"
    journal.close()
    [session] = store.sessions()
    assert [stored.line.text for stored in session.lines] == [f"line {i}" for i in range(number)]
    assert session.header.title == "title 14"


def test_a_session_of_a_window_that_died_is_recovered_by_another(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    dies = (
        "import os, sys\n"
        "from datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from klipnet_live.transcripts.sessions import SessionStore\nfrom tests.builders import line\n"
        "journal = SessionStore(Path(sys.argv[1])).begin('Talk', 'en', 'x', datetime.now(UTC), print)\n"
        "journal(line('last words'))\nos._exit(9)"
    )
    subprocess.run([sys.executable, "-c", dies, str(folder)], cwd=REPOSITORY, check=False)
    [session] = SessionStore(folder).recovered()
    assert [stored.line.text for stored in session.lines] == ["last words"]
