"""Lists sessions, optionally filtered by a search."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from klipnet_live.transcripts.session_file import KeptLine, Session
from klipnet_live.transcripts.sessions import SessionStore


@dataclass(frozen=True, slots=True)
class SessionListing:
    """Sessions, newest first. `found` maps a session id to the ids of its matching lines.

    `unreadable`: names of session files that cannot be read.
    """

    sessions: tuple[Session, ...]
    found: Mapping[str, frozenset[int]]
    unreadable: tuple[str, ...] = ()


def list_sessions(store: SessionStore, query: str) -> SessionListing:
    """Return all sessions, or those with the query in a line, a speaker's name or the title.

    Ignores case, Unicode composition and repeated spaces. Raises UserError.
    """
    sessions, unreadable = store.survey()
    if not query:
        return SessionListing(tuple(sessions), {}, tuple(unreadable))
    wanted = _folded(query)
    lines = {session.id: frozenset(_matching_lines(session.lines, wanted)) for session in sessions}
    found = {session: ids for session, ids in lines.items() if ids}
    return SessionListing(
        tuple(s for s in sessions if s.id in found or wanted in _folded(s.header.title)), found
    )


def _matching_lines(lines: tuple[KeptLine, ...], wanted: str) -> list[int]:
    return [
        kept.id for kept in lines if wanted in _folded(kept.line.text) or wanted in _folded(kept.line.name)
    ]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
