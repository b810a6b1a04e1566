"""The store of all sessions: list, edit, delete, export."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import platformdirs

from klipnet_live.atomic_file import remove, sweep
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.export.subtitles import write_lines
from klipnet_live.locks import ChangeLock, runs_elsewhere
from klipnet_live.plain_text import one_line
from klipnet_live.transcripts.journal import FileJournal
from klipnet_live.transcripts.opened_subtitles import open_subtitles
from klipnet_live.transcripts.saved_elsewhere import saved
from klipnet_live.transcripts.session_file import (
    CLOSED,
    SUFFIX,
    Header,
    Session,
    StoredLine,
    append,
    is_closed,
    is_regular_file,
    read,
    rewrite,
)
from klipnet_live.types import UserError


def default_folder() -> Path:
    """Folder of the sessions on this system."""
    return platformdirs.user_data_path("klipnet-live", appauthor=False) / "sessions"


class SessionStore:
    """Sessions in one folder; a process has one store per folder. Methods raise UserError.

    Several windows may share the folder: changes are locked, and running sessions of other windows are not
    treated as interrupted.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()
        self._lock = ChangeLock(self.folder)
        self._begun: set[str] = set()

    def begin(
        self,
        title: str,
        language: str,
        source: str,
        started: datetime,
        on_problem: Callable[[UserError], object],
    ) -> FileJournal:
        """Journal of a new session. Disk problems are reported to `on_problem` and not raised."""
        session_id = f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self._begun.add(session_id)
        header = Header(title, language, source, started)
        return FileJournal(self.folder / (session_id + SUFFIX), header, on_problem, self._lock)

    def import_subtitles(self, subtitles: Path, language: str, now: datetime) -> str:
        """Import an .srt or .vtt file as a new session, with the matching video; returns the session id.

        The file itself is not changed; exporting the session overwrites it.
        """
        found = open_subtitles(subtitles)
        source = str(found.video or subtitles)
        problems: list[UserError] = []
        journal = self.begin(one_line(subtitles.name), language, source, now, problems.append)
        journal(*found.lines)
        journal.close()
        if problems:
            raise problems[0]
        return journal.session_id

    def sessions(self) -> list[Session]:
        """All readable sessions, newest first."""
        return self.survey()[0]

    def survey(self) -> tuple[list[Session], list[str]]:
        """All readable sessions, newest first, and the names of unreadable session files."""
        with file_errors_as_user_errors(self.folder):
            paths = list(self.folder.glob("*" + SUFFIX))
        found = {path.name: self._read(path) for path in paths}
        return _newest_first(filter(None, found.values())), sorted(name for name in found if not found[name])

    def recovered(self) -> list[Session]:
        """Sessions of a process that crashed before closing them. Only these are read completely.

        Incomplete files of such a process are removed.
        """
        if self.folder.is_dir():
            with suppress(OSError), self._lock:
                sweep(self.folder)
        cut_off = [
            path for path in self._paths() if path.stem not in self._begun and self._was_interrupted(path)
        ]
        return _newest_first(filter(None, map(self._read, cut_off)))

    def take_back(self) -> dict[str, int]:
        """Restore lines that were saved elsewhere because of a full disk; their number by session.

        Lines for which there is still no space stay where they are until the next start.
        """
        counts: dict[str, int] = {}
        for path, session in saved(self.folder):
            with suppress(OSError), self._lock:
                counts[session.stem] = _take_back(path, session)
        return {session_id: count for session_id, count in counts.items() if count}

    def settle(self, session_id: str) -> None:
        """Close a recovered session that the user has seen."""
        path = self._path(session_id)
        with file_errors_as_user_errors(path), self._lock:
            append(path, [CLOSED])

    def load(self, session_id: str) -> Session:
        path = self._path(session_id)
        with file_errors_as_user_errors(path), self._lock:
            session = self._read(path)
        if session is None:
            raise UserError("The session {session} is damaged. Delete it.", session=session_id)
        return session

    def rename(self, session_id: str, title: str) -> None:
        self._change(session_id, lambda s: replace(s, header=replace(s.header, title=title)))

    def rename_speaker(self, session_id: str, speaker: str, name: str) -> None:
        """Rename a speaker in all lines so far."""
        self._change_lines(
            session_id,
            lambda stored: (
                replace(stored, line=replace(stored.line, name=name))
                if stored.line.speaker == speaker
                else stored
            ),
        )

    def edit_line(self, session_id: str, line_id: int, text: str) -> None:
        """Replace the text of a line; the original text is lost."""
        self._change_lines(
            session_id,
            lambda stored: (
                replace(stored, line=replace(stored.line, text=text)) if stored.id == line_id else stored
            ),
        )

    def delete_lines(self, session_id: str, line_ids: Collection[int]) -> None:
        """Delete lines from disk, with a single rewrite of the file."""
        gone = frozenset(line_ids)
        self._change_lines(session_id, lambda stored: None if stored.id in gone else stored)

    def delete(self, session_id: str) -> None:
        """Delete a session from disk, including incomplete files of a crashed program."""
        path = self._path(session_id)
        with file_errors_as_user_errors(path), self._lock:
            remove(path)
            sweep(self.folder)

    def export(self, session_id: str, path: Path) -> None:
        """Write a session, with names and times, in the format given by the path's suffix."""
        lines = [stored.line for stored in self.load(session_id).lines]
        write_lines(path, lines, names="always")

    def _change_lines(self, session_id: str, change: Callable[[StoredLine], StoredLine | None]) -> None:
        self._change(
            session_id,
            lambda s: replace(s, lines=tuple(new for stored in s.lines if (new := change(stored)))),
        )

    def _change(self, session_id: str, change: Callable[[Session], Session]) -> None:
        path = self._path(session_id)
        with file_errors_as_user_errors(path), self._lock:
            rewrite(path, change(self.load(session_id)))

    def _paths(self) -> list[Path]:
        with file_errors_as_user_errors(self.folder):
            return [path for path in self.folder.glob("*" + SUFFIX) if is_regular_file(path)]

    def _read(self, path: Path) -> Session | None:
        try:
            return read(path)
        except OSError:
            return None

    def _was_interrupted(self, path: Path) -> bool:
        """Not closed, and not running in another window."""
        try:
            return not is_closed(path) and not runs_elsewhere(path)
        except OSError:
            return False

    def _path(self, session_id: str) -> Path:
        path = self.folder / (session_id + SUFFIX)
        if path.parent != self.folder or not is_regular_file(path):
            raise UserError("The session {session} does not exist. Refresh the list.", session=session_id)
        return path


def _take_back(saved_lines: Path, path: Path) -> int:
    """Append the lines that the session lacks; returns their number. On OSError nothing is lost."""
    found, stored = read(saved_lines), read(path) if path.exists() else None
    if found is None:
        return 0
    known = set() if stored is None else {line.id for line in stored.lines}
    new = [line.record() for line in found.lines if line.id not in known]
    append(path, [*([] if path.exists() else [found.header.record()]), *new, CLOSED])
    remove(saved_lines)
    return len(new)


def _newest_first(sessions: Iterable[Session]) -> list[Session]:
    return sorted(sessions, key=lambda session: session.header.started.timestamp(), reverse=True)
