"""Lists sessions, optionally filtered by a search."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from klipnet_live.transcripts.session_file import Session, StoredLine
from klipnet_live.transcripts.sessions import SessionStore


@dataclass(frozen=True, slots=True)
class SessionListing:
    """Sessions, newest first. `found` maps a session id to the ids of its lines that match `query`.

    `unreadable`: names of session files that cannot be read.
    """

    sessions: tuple[Session, ...]
    found: Mapping[str, frozenset[int]]
    unreadable: tuple[str, ...] = ()
    query: str = ""


def list_sessions(store: SessionStore, query: str) -> SessionListing:
    """Return all sessions, or those with the query in a line, a speaker's name or the title.

    Ignores case, Unicode composition and repeated spaces. Raises UserError.
    """
    sessions, unreadable = store.survey()
    if not query:
        return SessionListing(tuple(sessions), {}, tuple(unreadable))
    folded_query = _folded(query)
    lines = {session.id: frozenset(_matching_lines(session.lines, folded_query)) for session in sessions}
    found = {session: ids for session, ids in lines.items() if ids}
    return SessionListing(
        tuple(s for s in sessions if s.id in found or folded_query in _folded(s.header.title)),
        found,
        query=query,
    )


def _matching_lines(lines: tuple[StoredLine, ...], folded_query: str) -> list[int]:
    return [
        stored.id
        for stored in lines
        if folded_query in _folded(stored.line.text) or folded_query in _folded(stored.line.name)
    ]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
