"""The transcript of a running session: each completed line is on disk before the next one is read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.errors import NO_ROOM, file_problem
from klipnet_live.transcripts.session_file import CLOSED, Header, KeptLine, append
from klipnet_live.types import UserError

MOST_WAITING = 10_000
"""Lines kept in memory while the disk refuses them."""


class FileJournal:
    """Appends lines to one session's file, which first appears with the first line.

    When the disk refuses, `on_problem` is told once; lines wait in memory and are written as soon as
    the disk takes them again. `lock` is shared with whoever rewrites the file.
    """

    def __init__(
        self, path: Path, header: Header, on_problem: Callable[[UserError], object], lock: threading.RLock
    ) -> None:
        self.session_id = path.stem
        self._path = path
        self._on_problem = on_problem
        self._lock = lock
        self._header = header
        self._waiting: list[dict[str, Any]] = []
        self._next_id = 1
        self._failing = False

    def __call__(self, line: CaptionLine) -> None:
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(KeptLine(self._next_id, line).record())
        self._next_id += 1
        self._write()

    def close(self) -> None:
        """Write what still waits and mark the session as ended; one without a line leaves no file."""
        if self._waiting or self._path.exists():
            self._waiting.append(CLOSED)
            self._write()

    def _write(self) -> None:
        try:
            with self._lock:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                append(self._path, self._opening() + self._waiting)
        except OSError as problem:
            if not self._failing:
                self._on_problem(_refused(self._path, problem))
            self._failing = True
        else:
            self._waiting = []
            self._failing = False

    def _opening(self) -> list[dict[str, Any]]:
        # The file is also new where the user deleted the session while it ran.
        is_new = not self._path.exists() or not self._path.stat().st_size
        return [self._header.record()] if is_new else []


def _refused(path: Path, problem: OSError) -> UserError:
    if problem.errno in NO_ROOM:
        return UserError(
            "There is no room left for the transcript in {folder}: free some disk space. Captions go on, "
            "and their lines are written as soon as there is room.",
            folder=path.parent,
        )
    return file_problem(path, problem)
