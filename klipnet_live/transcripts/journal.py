"""The transcript of a running session: each completed line is on disk when its writing returns."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from klipnet_live.atomic_file import make_private_folder, write_atomically
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.errors import NO_ROOM, file_problem
from klipnet_live.locks import RunningMark
from klipnet_live.transcripts.session_file import CLOSED, Header, KeptLine, append, encode
from klipnet_live.types import UserError

MOST_WAITING = 10_000
"""Lines kept in memory while the disk refuses them."""


class FileJournal:
    """Appends lines to one session's file, which first appears with the first line.

    When the disk refuses, `on_problem` is told once; lines wait in memory and are written as soon as
    the disk takes them again. `lock` is shared with whoever rewrites the file. What the disk still refuses
    when the journal is closed is written to another place, and told.
    """

    def __init__(
        self,
        path: Path,
        header: Header,
        on_problem: Callable[[UserError], object],
        lock: AbstractContextManager[object],
    ) -> None:
        self.session_id = path.stem
        self._path = path
        self._on_problem = on_problem
        self._lock = lock
        self._mark = RunningMark(path)
        self._header = header
        self._waiting: list[dict[str, Any]] = []
        self._next_id = 1
        self._failing = False

    def __call__(self, *lines: CaptionLine) -> None:
        for line in lines:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.append(KeptLine(self._next_id, line).record())
            self._next_id += 1
        self._write()

    def close(self) -> None:
        """Write what still waits and mark the session as ended; one without a line leaves no file."""
        if self._waiting or self._path.exists():
            self._waiting.append(CLOSED)
            self._write()
        if self._failing and len(self._waiting) > 1:
            self._on_problem(self._saved_elsewhere())
        self._mark.take_off()

    def _write(self) -> None:
        try:
            with self._lock:
                make_private_folder(self._path.parent)
                self._mark.put_on()
                append(self._path, self._opening() + self._waiting)
        except OSError as problem:
            if not self._failing:
                self._on_problem(_refused(self._path, problem))
            self._failing = True
        else:
            self._waiting = []
            self._failing = False

    def _saved_elsewhere(self) -> UserError:
        """Write the lines that wait where there is room, and say where they are."""
        values = {"count": len(self._waiting) - 1, "folder": self._path.parent}
        data = encode([self._header.record(), *self._waiting])
        for folder in (Path.home, lambda: Path(tempfile.gettempdir()), Path.cwd):
            with suppress(OSError, RuntimeError):
                path = folder() / f"klipnet-live-{self._path.name}"
                write_atomically(path, data, private=True)
                return UserError(
                    "The last lines of the transcript ({count}) could not be written to {folder}: they are "
                    "in {path}. Move that file there once there is room.",
                    path=path,
                    **values,
                )
        return UserError(
            "The last lines of the transcript ({count}) could not be written to {folder} or anywhere else: "
            "they are lost.",
            **values,
        )

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
