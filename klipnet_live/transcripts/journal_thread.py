"""A journal on a thread of its own: a slow disk holds up no caption and no window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.transcripts.journal import FileJournal

PATIENCE_S: Final = 0.05
"""So long a caller waits for the disk: on most disks a line is safe before the next one is read."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A line to be written, or something to be done behind the lines before it. `done`: it has been."""

    work: CaptionLine | Callable[[], object]
    is_last: bool = False
    done: threading.Event = field(default_factory=threading.Event)


class JournalThread:
    """Writes what has come meanwhile in one go. No call waits for longer than `PATIENCE_S`.

    The program ends only when all is written: the thread is no daemon.
    """

    def __init__(self, journal: FileJournal) -> None:
        self.session_id = journal.session_id
        self._journal = journal
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="journal")
        self._thread.start()

    def __call__(self, line: CaptionLine) -> None:
        """Write a line; from any thread."""
        self._put(_Job(line))

    def do(self, work: Callable[[], object]) -> None:
        """Change the session, once the lines before are written. `work` raises nothing."""
        self._put(_Job(work))

    def close(self) -> None:
        """Let it write what waits, and end the session."""
        self._put(_Job(self._journal.close, is_last=True))

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until all is written; False if that took longer."""
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
