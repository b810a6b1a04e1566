"""The job queue: uploads become jobs, jobs become tasks of a runner, and task messages are stored."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from klipnet_live.batch.divided import submit_video
from klipnet_live.batch.runner import Runner
from klipnet_live.batch.tasks import ReadingChoice, ReadVideo, VideoLimits
from klipnet_live.errors import Problem
from klipnet_live.types import CaptionEvent, Phrases, UserError
from klipnet_live.web.limits import Limits
from klipnet_live.web.reading import JobReading
from klipnet_live.web.refusals import BusyError, NoJobError
from klipnet_live.web.storage import Storage
from klipnet_live.web.store import Job, NumberedLine, Store

_MAX_ATTEMPTS = 3
"""A job that was running each time the server crashed may be the cause."""


@dataclass(frozen=True, slots=True)
class JobOptions:
    """Options of an upload. `name`: file name for display; it is never used as a path."""

    name: str
    choice: ReadingChoice
    phrases: str = ""
    only_phrases: bool = False


class Jobs:
    """Thread-safe. `changed` is called with a job's id whenever the job has changed."""

    def __init__(
        self, store: Store, storage: Storage, runner: Runner, limits: Limits, changed: Callable[[str], object]
    ) -> None:
        self._store, self._storage, self._runner, self._limits = store, storage, runner, limits
        self._changed = changed
        self._lock = threading.Lock()
        self._readings: dict[str, JobReading] = {}

    def resume(self) -> None:
        """Continue the jobs of the previous server process."""
        self._storage.remove_all_but(self._store.ids())
        for job in self._store.unfinished():
            if not self._storage.video(job.id).is_file():
                self._delete_quietly(job.id)
            elif job.attempts >= _MAX_ATTEMPTS:
                problem = UserError(
                    "The server crashed {count} times while processing this recording. Try another copy.",
                    count=job.attempts,
                )
                self._store.fail(job.id, Problem.of(problem), self._limits.keep_s)
            else:
                self._store.requeue(job.id)
                self._submit(job)

    @staticmethod
    def new_id() -> str:
        """A random id that cannot be guessed: it grants access to the job."""
        return secrets.token_urlsafe(16)

    def check_room(self) -> None:
        """Raises BusyError if too many jobs are waiting."""
        if len(self._store.unfinished()) >= self._limits.waiting_jobs:
            raise BusyError("Too many recordings are waiting. Try again when some of them are done.")

    def add(self, job_id: str, options: JobOptions) -> Job:
        """Create a job from a complete upload."""
        now_s = time.time()
        job = Job(
            job_id, options.name, options.choice.language, options.choice.model, options.phrases,
            options.only_phrases, options.choice.sound, "queued", 0.0, 0, now_s, now_s + self._limits.keep_s,
            0, None, (),
        )  # fmt: skip
        self._storage.keep_upload(job_id, options.phrases)
        self._store.add(job)
        self._submit(job)
        return job

    def get(self, job_id: str) -> Job:
        job = self._store.get(job_id)
        if job is None:
            raise NoJobError("This recording does not exist or was deleted. Upload it again.")
        return job

    def lines(self, job_id: str, after: int = 0) -> list[NumberedLine]:
        return self._store.lines(job_id, after)

    def count_lines(self, job_id: str) -> int:
        return self._store.count_lines(job_id)

    def open_lines(self, job_id: str) -> list[CaptionEvent]:
        """Open lines at the current position of the recording."""
        reading = self._readings.get(job_id)
        return [] if reading is None else reading.open_lines

    def position(self, job_id: str) -> int:
        """Number of jobs before it in the queue."""
        waiting = [job.id for job in self._store.unfinished()]
        return waiting.index(job_id) if job_id in waiting else 0

    def edit(self, job_id: str, change: Callable[[list[NumberedLine]], list[NumberedLine]]) -> None:
        with self._lock:
            self._store.replace_lines(job_id, change(self._store.lines(job_id)))
        self._changed(job_id)

    def delete(self, job_id: str) -> None:
        """Cancel the task and delete its files and lines immediately."""
        self.get(job_id)
        self._delete_quietly(job_id)
        self._changed(job_id)

    def clean(self) -> None:
        """Delete expired jobs and cancel those that take too long."""
        for reading in tuple(self._readings.values()):
            reading.look_after(self._limits.reading_s)
        for job_id in self._store.expired(time.time()):
            self._delete_quietly(job_id)
            self._changed(job_id)

    def close(self) -> None:
        self._runner.close()
        self._store.close()

    def _submit(self, job: Job) -> None:
        phrases = Phrases(self._storage.phrases(job.id), job.only_phrases) if job.phrases else None
        task = ReadVideo(
            self._storage.video(job.id),
            ReadingChoice(job.language, job.model, phrases, job.sound),
            VideoLimits(self._limits.video_s, self._limits.max_pixels),
        )
        video = self._storage.video(job.id)
        reading = JobReading(job, video, self._store, self._limits.keep_s, self._changed)
        self._readings[job.id] = reading
        reading.run = submit_video(self._runner, task, reading)

    def _delete_quietly(self, job_id: str) -> None:
        reading = self._readings.get(job_id)
        if reading is not None and reading.run is not None:
            reading.run.cancel()
        # Before the database, which may need the room on a full disk.
        self._storage.remove(job_id)
        self._store.remove(job_id)
        self._readings.pop(job_id, None)
