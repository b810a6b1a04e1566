"""Database of jobs and their lines, in SQLite; it survives a crash of the server."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.errors import Problem
from klipnet_live.types import UserError

State = Literal["queued", "running", "done", "failed"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL, model TEXT, phrases TEXT NOT NULL,
    only_phrases INTEGER NOT NULL, sound INTEGER NOT NULL, state TEXT NOT NULL, progress REAL NOT NULL,
    attempts INTEGER NOT NULL, created_s REAL NOT NULL, expires_s REAL NOT NULL, edits INTEGER NOT NULL,
    problem TEXT,
    notes TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS lines (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, number INTEGER NOT NULL, line TEXT NOT NULL,
    PRIMARY KEY (job, number)
);
"""


@dataclass(frozen=True, slots=True)
class Job:
    """A job. `phrases`: text of a phrase list, or empty. Times are seconds since the epoch.

    `edits`: number of changes to its lines; `attempts`: how often it was started.
    """

    id: str
    name: str
    language: str
    model: str | None
    phrases: str
    only_phrases: bool
    sound: bool
    state: State
    progress: float
    attempts: int
    created_s: float
    expires_s: float
    edits: int
    problem: Problem | None
    notes: tuple[Problem, ...]

    @property
    def ended(self) -> bool:
        return self.state in ("done", "failed")


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of a job. Its number never changes."""

    number: int
    line: CaptionLine


class Store:
    """Thread-safe. Raises sqlite3.OperationalError if the disk is full."""

    def __init__(self, path: Path) -> None:
        """Open the database. UserError if another server uses it, or it cannot be written or read."""
        self._lock = threading.RLock()
        try:
            self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=1)
        except sqlite3.DatabaseError as problem:
            raise _cannot_open(path, problem) from problem
        self._database.row_factory = sqlite3.Row
        try:
            # Deleted data is overwritten. Exclusive: two servers would both run every job.
            for pragma in (
                "locking_mode=EXCLUSIVE",
                "journal_mode=WAL",
                "secure_delete=ON",
                "foreign_keys=ON",
            ):
                self._database.execute(f"PRAGMA {pragma}")
            self._database.executescript(_SCHEMA)
            self._database.execute("UPDATE jobs SET state = state")
        except sqlite3.DatabaseError as problem:
            self._database.close()
            raise _cannot_open(path, problem) from problem

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def add(self, job: Job) -> None:
        values = (
            job.id, job.name, job.language, job.model, job.phrases, job.only_phrases, job.sound, job.state,
            job.progress, job.attempts, job.created_s, job.expires_s, job.edits, None, "[]",
        )  # fmt: skip
        self._execute(f"INSERT INTO jobs VALUES ({', '.join('?' * len(values))})", values)

    def get(self, job: str) -> Job | None:
        row = self._execute("SELECT * FROM jobs WHERE id = ?", (job,)).fetchone()
        return None if row is None else _job(row)

    def unfinished(self) -> list[Job]:
        """Waiting and running jobs in order of creation."""
        found = self._execute(
            "SELECT * FROM jobs WHERE state IN ('queued', 'running') ORDER BY created_s, rowid"
        )
        return [_job(row) for row in found]

    def ids(self) -> set[str]:
        return {row["id"] for row in self._execute("SELECT id FROM jobs")}

    def expired(self, now_s: float) -> list[str]:
        found = self._execute("SELECT id FROM jobs WHERE expires_s < ? AND state != 'running'", (now_s,))
        return [row["id"] for row in found]

    def requeue(self, job: str) -> None:
        """Reset a job to its initial state; lines of an interrupted run are dropped."""
        with self._transaction():
            self._execute("DELETE FROM lines WHERE job = ?", (job,))
            self._execute("UPDATE jobs SET state = 'queued', progress = 0, notes = '[]' WHERE id = ?", (job,))

    def begin(self, job: str) -> None:
        self._execute("UPDATE jobs SET state = 'running', attempts = attempts + 1 WHERE id = ?", (job,))

    def set_progress(self, job: str, part: float) -> None:
        self._execute("UPDATE jobs SET progress = ? WHERE id = ?", (part, job))

    def add_note(self, job: str, note: Problem) -> None:
        self._execute(
            "UPDATE jobs SET notes = json_insert(notes, '$[#]', json(?)) WHERE id = ?", (_dump(note), job)
        )

    def finish(self, job: str, lines: Sequence[CaptionLine], keep_s: float) -> None:
        """Mark a job as done, and replace the lines that arrived while it ran."""
        rows = [(job, number, _dump_line(line)) for number, line in enumerate(lines, start=1)]
        with self._transaction():
            self._execute("DELETE FROM lines WHERE job = ?", (job,))
            self._database.executemany("INSERT INTO lines VALUES (?, ?, ?)", rows)
            self._end(job, "done", None, keep_s)

    def fail(self, job: str, problem: Problem, keep_s: float) -> None:
        self._end(job, "failed", _dump(problem), keep_s)

    def add_line(self, job: str, line: CaptionLine) -> None:
        self._execute(
            "INSERT INTO lines SELECT ?, 1 + COALESCE(MAX(number), 0), ? FROM lines WHERE job = ?",
            (job, _dump_line(line), job),
        )

    def lines(self, job: str, after: int = 0) -> list[NumberedLine]:
        """Lines with a number greater than `after`."""
        found = self._execute(
            "SELECT * FROM lines WHERE job = ? AND number > ? ORDER BY number", (job, after)
        )
        return [NumberedLine(row["number"], CaptionLine.from_dict(json.loads(row["line"]))) for row in found]

    def count_lines(self, job: str) -> int:
        return int(self._execute("SELECT COUNT(*) FROM lines WHERE job = ?", (job,)).fetchone()[0])

    def replace_lines(self, job: str, lines: Sequence[NumberedLine]) -> None:
        """Store the user's edits; lines that are missing are deleted."""
        rows = [(job, stored.number, _dump_line(stored.line)) for stored in lines]
        with self._transaction():
            self._execute("DELETE FROM lines WHERE job = ?", (job,))
            self._database.executemany("INSERT INTO lines VALUES (?, ?, ?)", rows)
            self._execute("UPDATE jobs SET edits = edits + 1 WHERE id = ?", (job,))

    def remove(self, job: str) -> None:
        with self._transaction():
            self._execute("DELETE FROM lines WHERE job = ?", (job,))
            self._execute("DELETE FROM jobs WHERE id = ?", (job,))
        # The write-ahead log still contains the text.
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _end(self, job: str, state: State, problem: str | None, keep_s: float) -> None:
        part = "1" if state == "done" else "progress"
        self._execute(
            f"UPDATE jobs SET state = ?, progress = {part}, problem = ?, expires_s = ? WHERE id = ?",
            (state, problem, time.time() + keep_s, job),
        )

    def _execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        with self._lock:
            return self._database.execute(statement, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, self._database:
            self._database.execute("BEGIN")
            yield


def _cannot_open(path: Path, problem: sqlite3.DatabaseError) -> UserError:
    if "locked" in str(problem):
        return UserError(
            "Another server uses the folder {folder}. Stop it, or choose another --folder.",
            folder=path.parent,
        )
    if isinstance(problem, sqlite3.OperationalError):
        return UserError("Cannot write {path} ({reason}). Choose another folder.", path=path, reason=problem)
    return UserError(
        "Cannot read the jobs in {path} ({reason}). Delete the file or choose another --folder.",
        path=path,
        reason=problem,
    )


def _job(row: sqlite3.Row) -> Job:
    values = {key: row[key] for key in row.keys()}  # noqa: SIM118 (iterating a Row yields its values)
    values |= {key: bool(values[key]) for key in ("only_phrases", "sound")}
    values["problem"] = None if row["problem"] is None else _load(json.loads(row["problem"]))
    values["notes"] = tuple(map(_load, json.loads(row["notes"])))
    return Job(**values)


def _dump(problem: Problem) -> str:
    return json.dumps({"template": problem.template, "values": dict(problem.values)}, ensure_ascii=False)


def _load(record: dict[str, Any]) -> Problem:
    return Problem(record["template"], record["values"])


def _dump_line(line: CaptionLine) -> str:
    return json.dumps(line.as_dict(), ensure_ascii=False)
