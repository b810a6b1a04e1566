"""Stores the messages of a running job."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from klipnet_live.batch.messages import (
    Cancelled,
    Done,
    Failed,
    Message,
    Note,
    PartialResult,
    Progress,
    Started,
)
from klipnet_live.batch.runner import RunningTask
from klipnet_live.captions.lines import CaptionLine, LineCollector, default_name, unclear
from klipnet_live.errors import Problem
from klipnet_live.types import CaptionEvent, UserError
from klipnet_live.web.store import Job, Store

_log = logging.getLogger(__name__)

_PROGRESS_EVERY_S = 0.25


class JobReading:
    """Listener of the job's task. `open_lines`: open lines at the current position of the recording."""

    def __init__(
        self, job: Job, video: Path, store: Store, keep_s: float, changed: Callable[[str], object]
    ) -> None:
        self._job, self._video, self._store, self._keep_s = job, video, store, keep_s
        self._changed = changed
        self._collect = LineCollector(
            self._keep, lambda speaker: default_name(speaker, job.language), unclear(job.language)
        )
        self._reported_s = 0.0
        self._open: dict[int, CaptionEvent] = {}
        self._begun_s: float | None = None
        self._unstored: UserError | None = None
        self.run: RunningTask | None = None

    @property
    def open_lines(self) -> list[CaptionEvent]:
        return list(self._open.values())

    def look_after(self, seconds: float) -> None:
        """Cancel a recording that takes longer than `seconds`; retry a final state that a full disk
        rejected.
        """
        if self._unstored is not None:
            self._fail(self._unstored)
        if self._begun_s is None or time.monotonic() - self._begun_s <= seconds:
            return
        self._begun_s = None
        self._stop()
        self._fail(UserError("This recording takes too long. Cut it into parts."))

    def __call__(self, message: Message) -> None:
        try:
            self._take(message)
        except sqlite3.IntegrityError:
            # The job has been deleted in the meantime.
            self._stop()
        except sqlite3.Error as problem:
            _log.warning("A job cannot be stored: %s", problem)
            self._stop()
            self._fail(
                UserError(
                    "There is no space left on the server for the lines. Delete a recording, then try again."
                )
            )

    def _take(self, message: Message) -> None:
        match message:
            case Started():
                self._begun_s = time.monotonic()
                self._store.begin(self._job.id)
            case Progress(part):
                if not self._is_due():
                    return
                self._store.set_progress(self._job.id, part)
            case PartialResult(value):
                self._hear(value)
            case Note(problem):
                self._store.add_note(self._job.id, self._without_paths(problem))
            case Done(value):
                self._begun_s = None
                self._open.clear()
                self._store.finish(self._job.id, value, self._keep_s)
            case Failed(problem):
                self._begun_s = None
                self._open.clear()
                self._store.fail(self._job.id, self._without_paths(problem), self._keep_s)
            case Cancelled():
                return
        self._changed(self._job.id)

    def _hear(self, event: CaptionEvent) -> None:
        if event.event == "completed":
            self._open.pop(event.line, None)
            self._collect(event)
        else:
            self._open[event.line] = event

    def _keep(self, line: CaptionLine) -> None:
        self._store.add_line(self._job.id, line)

    def _is_due(self) -> bool:
        now_s = time.monotonic()
        due = now_s - self._reported_s >= _PROGRESS_EVERY_S
        if due:
            self._reported_s = now_s
        return due

    def _without_paths(self, problem: Problem) -> Problem:
        return problem.renamed(self._video, self._job.name)

    def _stop(self) -> None:
        if self.run is not None:
            self.run.cancel()

    def _fail(self, error: UserError) -> None:
        try:
            self._store.fail(self._job.id, Problem.of(error), self._keep_s)
            self._unstored = None
            self._changed(self._job.id)
        except sqlite3.Error as problem:
            self._unstored = error
            _log.warning("A job cannot be stored: %s", problem)
