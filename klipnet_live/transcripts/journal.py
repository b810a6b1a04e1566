"""Journal of a running session: each completed line is on disk when its write returns."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from klipnet_live.atomic_file import make_private_folder
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.errors import NO_ROOM, file_problem
from klipnet_live.locks import RunningMark
from klipnet_live.transcripts.saved_elsewhere import save
from klipnet_live.transcripts.session_file import CLOSED, Header, StoredLine, append
from klipnet_live.types import UserError

MAX_WAITING = 10_000
"""Maximum number of lines kept in memory while the disk fails."""


class FileJournal:
    """Appends lines to the file of one session, which is created with the first line.

    When writing fails, `on_problem` is called once; lines stay in memory and are written as soon as possible.
    `lock` is shared with code that rewrites the file. If writing still fails on close, the remaining lines
    are saved elsewhere and `on_problem` is called.
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
            if len(self._waiting) < MAX_WAITING:
                self._waiting.append(StoredLine(self._next_id, line).record())
            self._next_id += 1
        self._write()

    def close(self) -> None:
        """Write the remaining lines and mark the session as closed; a session without lines leaves
        no file.
        """
        if self._waiting or self._path.exists():
            self._waiting.append(CLOSED)
            self._write()
        if self._failing and len(self._waiting) > 1:
            self._on_problem(self._save_elsewhere())
        self._mark.release()

    def _write(self) -> None:
        try:
            with self._lock:
                make_private_folder(self._path.parent)
                self._mark.acquire()
                append(self._path, self._header_if_new() + self._waiting)
        except OSError as problem:
            if not self._failing:
                self._on_problem(_write_error(self._path, problem))
            self._failing = True
        else:
            self._waiting = []
            self._failing = False

    def _save_elsewhere(self) -> UserError:
        """Write the remaining lines to another folder; returns the message for the user."""
        values = {"count": len(self._waiting) - 1, "folder": self._path.parent}
        path = save(self._path, self._header.record(), self._waiting)
        if path is not None:
            return UserError(
                "The last lines of the transcript ({count}) could not be written to {folder}. They are in "
                "{path}. Free some disk space; the next start puts them back.",
                path=path,
                **values,
            )
        return UserError(
            "The last lines of the transcript ({count}) are lost: they could not be written to {folder} or "
            "anywhere else.",
            **values,
        )

    def _header_if_new(self) -> list[dict[str, Any]]:
        # The file is also new if the user deleted the session while it was running.
        is_new = not self._path.exists() or not self._path.stat().st_size
        return [self._header.record()] if is_new else []


def _write_error(path: Path, problem: OSError) -> UserError:
    if problem.errno in NO_ROOM:
        return UserError(
            "There is no space left for the transcript in {folder}. Free some disk space. Captions continue, "
            "and their lines are saved as soon as there is space.",
            folder=path.parent,
        )
    return file_problem(path, problem)
