"""Folder of the server, with a subfolder per job and a quota. Upload names are never used as paths."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from klipnet_live.web.refusals import no_room

_FREE_BYTES = 256 * 2**20
"""Kept free on the disk for the system and the database, whatever the quota."""

VIDEO, PHRASES = "video", "phrases.txt"


class Storage:
    """Files of jobs. `quota_bytes`: for all uploads and video copies."""

    def __init__(self, folder: Path, quota_bytes: int) -> None:
        self._jobs, self._uploads = folder / "jobs", folder / "uploads"
        self._quota = quota_bytes
        self._lock = threading.Lock()
        self._reserved = 0
        # Incomplete uploads of an earlier server process.
        shutil.rmtree(self._uploads, ignore_errors=True)
        for path in (self._jobs, self._uploads):
            path.mkdir(parents=True, exist_ok=True, mode=0o700)

    def folder(self, job: str) -> Path:
        """Folder of a job. `job` is an id that was created by the server."""
        return self._jobs / job

    def video(self, job: str) -> Path:
        return self.folder(job) / VIDEO

    def phrases(self, job: str) -> Path:
        return self.folder(job) / PHRASES

    def upload(self, job: str) -> Path:
        """Path of an upload that is not complete yet."""
        return self._uploads / job

    def keep_upload(self, job: str, phrases: str) -> None:
        """Move a complete upload to its job's folder."""
        self.folder(job).mkdir(mode=0o700)
        if phrases:
            self.phrases(job).write_text(phrases, encoding="utf-8")
        self.upload(job).replace(self.video(job))

    def remove(self, job: str) -> None:
        shutil.rmtree(self.folder(job), ignore_errors=True)

    def remove_all_but(self, jobs: set[str]) -> None:
        for folder in self._jobs.iterdir():
            if folder.name not in jobs:
                shutil.rmtree(folder, ignore_errors=True)

    def used_bytes(self) -> int:
        """Size of all complete uploads and video copies."""
        used = 0
        for path in self._jobs.glob("*/*"):
            # A job may be deleted in the meantime.
            with suppress(FileNotFoundError):
                used += path.stat().st_size
        return used

    @contextmanager
    def reserving(self, count: int) -> Iterator[None]:
        """Reserve space for `count` bytes to be written in the block. Raises NoRoomError."""
        with self._lock:
            free = shutil.disk_usage(self._jobs).free - _FREE_BYTES - self._reserved
            if count > min(free, self._quota - self._reserved - self.used_bytes()):
                raise no_room()
            self._reserved += count
        try:
            yield
        finally:
            with self._lock:
                self._reserved -= count
