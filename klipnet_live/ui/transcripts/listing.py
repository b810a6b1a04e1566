"""Which sessions there are, or which of them hold what is looked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from klipnet_live.transcripts.session_file import KeptLine, Session
from klipnet_live.transcripts.sessions import SessionStore


@dataclass(frozen=True, slots=True)
class SessionListing:
    """Sessions, the newest first. `found`: by session, the ids of the lines that were looked for.

    `unreadable`: names of files that should be sessions, but of which nothing can be read.
    """

    sessions: tuple[Session, ...]
    found: Mapping[str, frozenset[int]]
    unreadable: tuple[str, ...] = ()


def list_sessions(store: SessionStore, query: str) -> SessionListing:
    """All sessions, or those with the query in a line, a speaker's name or the title. Raises UserError.

    Case, composition and the number of spaces do not matter.
    """
    sessions, unreadable = store.survey()
    if not query:
        return SessionListing(tuple(sessions), {}, tuple(unreadable))
    wanted = _folded(query)
    lines = {session.id: frozenset(_holding(session.lines, wanted)) for session in sessions}
    found = {session: ids for session, ids in lines.items() if ids}
    return SessionListing(
        tuple(s for s in sessions if s.id in found or wanted in _folded(s.header.title)), found
    )


def _holding(lines: tuple[KeptLine, ...], wanted: str) -> list[int]:
    return [
        kept.id for kept in lines if wanted in _folded(kept.line.text) or wanted in _folded(kept.line.name)
    ]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
