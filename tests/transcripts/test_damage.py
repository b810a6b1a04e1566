"""Damaged session files: the window starts and shows what can be read."""

from __future__ import annotations

import json
import math
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klipnet_live.export.subtitles import WRITERS
from klipnet_live.transcripts.sessions import SessionStore
from tests.builders import line

STARTED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SAID = [f"line {number} 안녕" for number in range(12)]

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and links of POSIX")


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


def store_session(store: SessionStore, spoken: list[str] = SAID) -> Path:
    """A session; returns its file."""
    journal = store.begin("Talk", "en", "camera:0", STARTED, pytest.fail)
    for number, text in enumerate(spoken):
        journal(line(text, number, number + 0.9))
    journal.close()
    return store.folder / f"{journal.session_id}.jsonl"


def texts(store: SessionStore, path: Path) -> list[str]:
    return [stored.line.text for stored in store.load(path.stem).lines]


def use_all(store: SessionStore, tmp_path: Path) -> None:
    """Everything that the window does with sessions."""
    for session in [*store.sessions(), *store.recovered()]:
        assert f"{session.header.started.astimezone():%Y}" > "1970"
        assert len({stored.id for stored in session.lines}) == len(session.lines)
        for ending in WRITERS:
            store.export(session.id, tmp_path / f"out{ending}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-03-01T09:30:00+00:00", "0001-01-01T00:00:00+14:00"),
        ("2026-03-01T09:30:00+00:00", "9999-12-31T23:59:59-14:00"),
        ("2026-03-01T09:30:00+00:00", "soon"),
        ('"title": "Talk"', '"title": ["Talk"]'),
        ('"record": "session"', '"record": "sessiom"'),
        ('"record": "session"', '"record" "session"'),
        ('"start_s": 3', '"start_s": NaN'),
        ('"start_s": 3', '"start_s": -Infinity'),
        ('"start_s": 3', '"start_s": "three"'),
        ('"end_s": 3.9', '"end_s": 1e300'),
        ('"end_s": 3.9', '"end_s": ' + "9" * 400),
        ('"confidence": ', '"confidence": true, "x": '),
        ('"id": 3', '"id": 2'),
        ('"id": 3', '"id": {}'),
        ('"name": "Speaker 1"', '"name": 7'),
        ('안녕", ', '\udc80", '),
    ],
    ids=lambda text: text[:30],
)
def test_damaged_fields_do_not_lose_the_text(store: SessionStore, tmp_path: Path, old: str, new: str) -> None:
    path = store_session(store)
    content = path.read_text("utf-8")
    assert old in content
    path.write_bytes(content.replace(old, new, 1).encode("utf-8", "surrogateescape"))
    assert sorted(text[:7] for text in texts(store, path)) == sorted(text[:7] for text in SAID)
    use_all(store, tmp_path)


def test_records_without_a_line_break_between_them_are_read(store: SessionStore) -> None:
    path = store_session(store)
    path.write_bytes(path.read_bytes().replace(b"}\n{", b"}\x0b{"))
    assert texts(store, path) == SAID


def test_an_unreadable_record_does_not_affect_others(store: SessionStore) -> None:
    path = store_session(store)
    rows = path.read_bytes().splitlines()
    rows[3] = b"[" * 100_000
    rows[5] = b'{"record": ' * 20_000
    path.write_bytes(b"\n".join(rows))
    assert texts(store, path) == [text for number, text in enumerate(SAID) if number not in (2, 4)]
    assert store.load(path.stem).damaged


def test_random_damage_loses_few_lines_and_never_a_session(store: SessionStore, tmp_path: Path) -> None:
    path, chance = store_session(store), random.Random(5)
    whole = path.read_bytes()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(whole))] = chance.randrange(256)
        path.write_bytes(damaged)
        assert len(texts(store, path)) >= len(SAID) - 3
    use_all(store, tmp_path)


@posix_only
def test_files_that_are_no_sessions_are_named_and_hide_none(store: SessionStore) -> None:
    path = store_session(store)
    os.mkfifo(path.with_name("pipe.jsonl"))
    path.with_name("folder.jsonl").mkdir()
    path.with_name("dangling.jsonl").symlink_to("nowhere")
    path.with_name("endless.jsonl").symlink_to("/dev/zero")
    path.with_name("noise.jsonl").write_bytes(os.urandom(500))
    assert [session.id for session in store.sessions()] == [path.stem]
    assert store.recovered() == []
    names = ["dangling", "endless", "folder", "noise", "pipe"]
    assert store.survey()[1] == [f"{name}.jsonl" for name in names]


def test_a_thousand_sessions_do_not_delay_the_start(store: SessionStore) -> None:
    """Only interrupted sessions are read: about 0.1 s here, 3.9 s for all of them."""
    path = store_session(store, [f"{text} {'and so on ' * 10}" for text in SAID * 8])
    for number in range(1000):
        (store.folder / f"20260101-000000-{number:06}.jsonl").write_bytes(path.read_bytes())
    began_s = time.process_time()
    assert SessionStore(store.folder).recovered() == []
    assert time.process_time() - began_s < 1.0


def test_a_rewritten_session_stays_private_and_leaves_no_other_file(
    store: SessionStore, tmp_path: Path
) -> None:
    path = store_session(store)
    (path.parent / f".{path.name}.4711.part").write_bytes(path.read_bytes())
    store.rename(path.stem, "Other")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    (path.parent / ".other.jsonl.4711.part").write_bytes(path.read_bytes())
    store.delete(path.stem)
    assert list(path.parent.iterdir()) == []


def test_times_are_finite(store: SessionStore) -> None:
    path = store_session(store)
    path.write_text(path.read_text("utf-8").replace('_s": ', '_s": NaN, "x": '), encoding="utf-8")
    assert all(math.isfinite(stored.line.start_s) for stored in store.load(path.stem).lines)
    assert json.loads(json.dumps(store.load(path.stem).lines[0].record(), allow_nan=False))
