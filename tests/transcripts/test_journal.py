"""The journal under real failures: killed processes and full disks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klipnet_live.transcripts import saved_elsewhere
from klipnet_live.transcripts.journal import FileJournal
from klipnet_live.transcripts.session_file import CLOSED, Header, StoredLine
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import UserError
from tests.builders import REPOSITORY, line

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and limits")

STARTED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

PROLOGUE = """
import resource, sys
sys.path.insert(0, "tests")
from datetime import UTC, datetime
from pathlib import Path
from tests.builders import line
from klipnet_live.transcripts.sessions import SessionStore
store = SessionStore(Path(sys.argv[1]))
journal = store.begin("Talk", "ko", "camera:0", datetime.now(UTC), lambda p: print("problem:", p, flush=True))
"""


def run(program: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROLOGUE + program, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)


def begin(folder: Path, problems: list[UserError]) -> FileJournal:
    return SessionStore(folder).begin("Talk", "en", "screen", STARTED, problems.append)


@posix_only
def test_no_line_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    program = """
for number in range(1, 1000):
    journal(line(f"line {number} 안녕"))
    print(number, flush=True)
"""
    with run(program, tmp_path) as process:
        assert process.stdout is not None
        count = next(int(text) for text in process.stdout if int(text) == 50)
        process.send_signal(signal.SIGKILL)
    [session] = SessionStore(tmp_path).recovered()
    texts = [stored.line.text for stored in session.lines]
    assert texts[:count] == [f"line {number} 안녕" for number in range(1, 51)]
    assert session.header.title == "Talk"


def test_a_truncated_last_record_does_not_affect_others(tmp_path: Path) -> None:
    journal = begin(tmp_path, [])
    for number in range(3):
        journal(line(f"line {number}"))
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    journal(line("line 3"))
    [session] = SessionStore(tmp_path).sessions()
    assert [stored.line.text for stored in session.lines] == ["line 0", "line 1", "line 3"]


@posix_only
def test_a_full_disk_damages_nothing_and_is_reported_once(tmp_path: Path) -> None:
    program = """
for number in range(5):
    journal(line(f"early {number}"))
size = next(Path(sys.argv[1]).iterdir()).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 30, resource.RLIM_INFINITY))
for number in range(3):
    journal(line(f"late {number}"))
print("lines:", len(SessionStore(Path(sys.argv[1])).sessions()[0].lines), flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal(line("room again"))
journal.close()
"""
    with run(program, tmp_path) as process:
        assert process.stdout is not None
        output = process.stdout.read().splitlines()
    assert output[0].startswith("problem: There is no space left")
    assert output[1:] == ["lines: 5"]
    [session] = SessionStore(tmp_path).sessions()
    texts = [stored.line.text for stored in session.lines]
    assert texts == [f"early {n}" for n in range(5)] + [f"late {n}" for n in range(3)] + ["room again"]
    assert session.closed
    assert next(tmp_path.iterdir()).read_bytes().count(b"\n") == 11


@posix_only
def test_lines_refused_by_a_full_disk_are_saved_elsewhere_and_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = """
import os, errno
real = os.write
def full(descriptor, data):
    if descriptor > 2 and "sessions" in os.readlink(f"/proc/self/fd/{descriptor}"):
        raise OSError(errno.ENOSPC, "No space left on device")
    return real(descriptor, data)
journal(line("early"))
os.write = full
for number in range(3):
    journal(line(f"late {number}"))
journal.close()
"""
    home = tmp_path / "home"
    home.mkdir()
    command = [sys.executable, "-c", PROLOGUE + program, str(tmp_path / "sessions")]
    env = os.environ | {"HOME": str(home)}
    output = subprocess.run(
        command, capture_output=True, text=True, cwd=REPOSITORY, env=env, check=True
    ).stdout
    [saved] = home.glob("klipnet-live-*.jsonl")
    assert str(saved) in output
    assert "(3)" in output
    assert saved.stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("HOME", str(home))
    store = SessionStore(tmp_path / "sessions")
    assert list(store.take_back().values()) == [3]
    assert (store.take_back(), store.recovered(), list(home.iterdir())) == ({}, [], [])
    [session] = store.sessions()
    assert [stored.line.text for stored in session.lines] == ["early", "late 0", "late 1", "late 2"]
    assert session.closed


def saved_lines(home: Path, folder: Path) -> Path:
    """Two lines of a session that has no file."""
    path = folder / "20260301-093000-abcdef.jsonl"
    records = [StoredLine(number, line(f"late {number}")).record() for number in (1, 2)]
    saved = saved_elsewhere.save(path, Header("Talk", "en", "screen", STARTED).record(), [*records, CLOSED])
    assert saved is not None
    assert saved.parent == home
    return saved


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@posix_only
def test_saved_lines_wait_for_disk_space_and_their_folder(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    saved = saved_lines(home, folder)
    assert SessionStore(tmp_path / "others").take_back() == {}
    folder.symlink_to("/nowhere")
    assert SessionStore(folder).take_back() == {}
    assert saved.exists()
    folder.unlink()
    folder.mkdir()
    assert SessionStore(folder).take_back() == {"20260301-093000-abcdef": 2}


@posix_only
def test_foreign_files_in_the_rescue_folder_are_ignored(home: Path, tmp_path: Path) -> None:
    """A link, a pipe, a file that is no session, a name that leads elsewhere."""
    folder = tmp_path / "sessions"
    folder.mkdir()
    saved = saved_lines(home, folder)
    planted = tmp_path / "planted.jsonl"
    saved.rename(planted)
    saved.symlink_to(planted)
    os.mkfifo(home / "klipnet-live-20260301-093000-aaaaaa.jsonl")
    for name, text in (("20260301-093000-bbbbbb", "[" * 9999), ("..x", "{}"), ("20260301-093000-cccccc", "")):
        (home / f"klipnet-live-{name}.jsonl").write_text(text)
    before = set(home.iterdir())
    assert SessionStore(folder).take_back() == {}
    assert (list(folder.iterdir()), set(home.iterdir()), planted.exists()) == ([], before, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_full_from_the_start_is_reported_once(tmp_path: Path) -> None:
    problems: list[UserError] = []
    journal = begin(tmp_path, problems)
    (tmp_path / f"{journal.session_id}.jsonl").symlink_to("/dev/full")
    journal(line("one"))
    journal(line("two"))
    assert [problem.template[:25] for problem in problems] == ["There is no space left fo"]


def test_a_session_without_a_line_leaves_no_file(tmp_path: Path) -> None:
    begin(tmp_path / "sessions", []).close()
    assert list(tmp_path.iterdir()) == []


def test_a_running_session_that_is_deleted_continues_in_a_new_file(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    journal = store.begin("Talk", "en", "screen", STARTED, pytest.fail)
    journal(line("secret"))
    store.delete(journal.session_id)
    journal(line("after"))
    [session] = store.sessions()
    assert [stored.line.text for stored in session.lines] == ["after"]


def test_a_journal_deleted_before_its_end_is_not_recreated(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    journal = store.begin("Talk", "en", "screen", STARTED, pytest.fail)
    journal(line("secret"))
    store.delete(journal.session_id)
    journal.close()
    assert list(tmp_path.iterdir()) == []


@posix_only
def test_only_the_user_may_read_a_session(tmp_path: Path) -> None:
    begin(tmp_path / "sessions", [])(line("secret"))
    [path] = (tmp_path / "sessions").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
