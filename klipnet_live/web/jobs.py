"""The queue: uploads become jobs, jobs become tasks of a runner, what tasks say is stored."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from klipnet_live.batch.divided import submit_video
from klipnet_live.batch.messages import Problem
from klipnet_live.batch.runner import Runner
from klipnet_live.batch.tasks import ReadingChoice, ReadVideo, VideoLimits
from klipnet_live.types import CaptionEvent, Phrases, UserError
from klipnet_live.web.limits import Limits
from klipnet_live.web.reading import JobReading
from klipnet_live.web.refusals import BusyError, NoJobError
from klipnet_live.web.storage import Storage
from klipnet_live.web.store import Job, NumberedLine, Store

_MOST_ATTEMPTS = 3
"""A job that runs whenever the server dies may be the cause."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What comes with an upload. `name`: of the file, for people; it is never a path here."""

    name: str
    choice: ReadingChoice
    phrases: str = ""
    only_phrases: bool = False


class Jobs:
    """May be used from any thread. `changed` is called with the id of a job whenever something of it did."""

    def __init__(
        self, store: Store, storage: Storage, runner: Runner, limits: Limits, changed: Callable[[str], object]
    ) -> None:
        self._store, self._storage, self._runner, self._limits = store, storage, runner, limits
        self._changed = changed
        self._lock = threading.Lock()
        self._readings: dict[str, JobReading] = {}

    def resume(self) -> None:
        """Go on where the last server ended."""
        self._storage.remove_all_but(self._store.ids())
        for job in self._store.unfinished():
            if not self._storage.video(job.id).is_file():
                self._delete_quietly(job.id)
            elif job.attempts >= _MOST_ATTEMPTS:
                problem = UserError(
                    "The server ended {count} times while it read this recording: try another copy.",
                    count=job.attempts,
                )
                self._store.fail(job.id, Problem.of(problem), self._limits.keep_s)
            else:
                self._store.requeue(job.id)
                self._submit(job)

    @staticmethod
    def new_id() -> str:
        """Cannot be guessed: whoever knows it may see the job."""
        return secrets.token_urlsafe(16)

    def check_room(self) -> None:
        """Raises UserError while too many jobs wait."""
        if len(self._store.unfinished()) >= self._limits.waiting_jobs:
            raise BusyError("Too many recordings are waiting: try again when some of them are done.")

    def add(self, job_id: str, wish: Wish) -> Job:
        """A complete upload becomes a job."""
        now_s = time.time()
        job = Job(
            job_id, wish.name, wish.choice.language, wish.choice.model, wish.phrases, wish.only_phrases,
            wish.choice.sound, "queued", 0.0, 0, now_s, now_s + self._limits.keep_s, 0, None, (),
        )  # fmt: skip
        self._storage.keep_upload(job_id, wish.phrases)
        self._store.add(job)
        self._submit(job)
        return job

    def get(self, job_id: str) -> Job:
        job = self._store.get(job_id)
        if job is None:
            raise NoJobError("There is no such recording here, or it was deleted: upload it again.")
        return job

    def lines(self, job_id: str, after: int = 0) -> list[NumberedLine]:
        return self._store.lines(job_id, after)

    def count_lines(self, job_id: str) -> int:
        return self._store.count_lines(job_id)

    def open_lines(self, job_id: str) -> list[CaptionEvent]:
        """What is being said at the place that is being read."""
        reading = self._readings.get(job_id)
        return [] if reading is None else reading.open_lines

    def position(self, job_id: str) -> int:
        """How many jobs come before it."""
        waiting = [job.id for job in self._store.unfinished()]
        return waiting.index(job_id) if job_id in waiting else 0

    def edit(self, job_id: str, change: Callable[[list[NumberedLine]], list[NumberedLine]]) -> None:
        with self._lock:
            self._store.replace_lines(job_id, change(self._store.lines(job_id)))
        self._changed(job_id)

    def delete(self, job_id: str) -> None:
        """At once: the task ends, the files and the lines are gone."""
        self.get(job_id)
        self._delete_quietly(job_id)
        self._changed(job_id)

    def clean(self) -> None:
        """Delete what has been kept long enough, end what takes too long."""
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
