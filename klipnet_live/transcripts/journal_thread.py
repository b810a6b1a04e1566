"""A journal on its own thread, so that a slow disk delays neither captions nor the window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.transcripts.journal import FileJournal

PATIENCE_S: Final = 0.05
"""How long a caller waits for the disk: on most disks the line is saved before the call returns."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A line to write, or a task to run after the lines before it. `done` is set afterwards."""

    work: CaptionLine | Callable[[], object]
    is_last: bool = False
    done: threading.Event = field(default_factory=threading.Event)


class JournalThread:
    """Writes queued lines in batches. No call blocks for longer than `PATIENCE_S`.

    The thread is not a daemon: the program ends only after everything is written.
    """

    def __init__(self, journal: FileJournal) -> None:
        self.session_id = journal.session_id
        self._journal = journal
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="journal")
        self._thread.start()

    def __call__(self, line: CaptionLine) -> None:
        """Write a line. Thread-safe."""
        self._put(_Job(line))

    def do(self, work: Callable[[], object]) -> None:
        """Run `work` after the queued lines are written. `work` must not raise."""
        self._put(_Job(work))

    def close(self) -> None:
        """Write the queued lines and close the session."""
        self._put(_Job(self._journal.close, is_last=True))

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until everything is written; False after the timeout."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _put(self, job: _Job) -> None:
        self._jobs.put(job)
        job.done.wait(PATIENCE_S)

    def _work(self) -> None:
        jobs: list[_Job] = []
        while not (jobs and jobs[-1].is_last):
            jobs = [self._jobs.get()]
            while not self._jobs.empty():
                jobs.append(self._jobs.get())
            self._do(jobs)

    def _do(self, jobs: list[_Job]) -> None:
        lines: list[CaptionLine] = []
        for job in jobs:
            if isinstance(job.work, CaptionLine):
                lines.append(job.work)
                continue
            self._write(lines)
            lines = []
            job.work()
        self._write(lines)
        for job in jobs:
            job.done.set()

    def _write(self, lines: list[CaptionLine]) -> None:
        if lines:
            self._journal(*lines)
