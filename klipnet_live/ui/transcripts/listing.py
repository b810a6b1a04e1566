"""Which sessions there are, or which of them hold what is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from klipnet_live.output.session_file import Session
from klipnet_live.output.sessions import SessionStore


@dataclass(frozen=True, slots=True)
class Listing:
    """Sessions, the newest first. `found`: by session, the ids of the lines that were looked for."""

    sessions: tuple[Session, ...]
    found: Mapping[str, frozenset[int]]


def list_sessions(store: SessionStore, query: str) -> Listing:
    """All sessions, or those with the query in a line, a speaker's name or the title. Raises UserError."""
    sessions = store.sessions()
    if not query:
        return Listing(tuple(sessions), {})
    found: dict[str, frozenset[int]] = {}
    for match in store.search(query):
        found[match.session.id] = found.get(match.session.id, frozenset()) | {match.line.id}
    title = query.casefold()
    return Listing(tuple(s for s in sessions if s.id in found or title in s.header.title.casefold()), found)
