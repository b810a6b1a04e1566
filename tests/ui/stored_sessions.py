"""Transcripts for tests: storing them, and reading what is stored or shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.transcripts.window import TranscriptsWindow


def store_session(store: SessionStore, title: str, texts: Sequence[str], *, close: bool = True) -> str:
    """Store a session of one speaker. If it is not closed, it looks interrupted to another store."""
    started = datetime(2026, 3, len(store.sessions()) + 1, 9, 30, tzinfo=UTC)
    journal = store.begin(title, "en", "camera:0", started, pytest.fail)
    journal(*(CaptionLine("1", "Ada", second, second + 0.9, text, 0.9) for second, text in enumerate(texts)))
    if close:
        journal.close()
    return journal.session_id


def texts_of(store: SessionStore) -> list[list[str]]:
    return [[stored.line.text for stored in session.lines] for session in store.sessions()]


def shown_lines(window: TranscriptsWindow) -> list[str]:
    return [line_cell(window, row, 2) for row in range(window.lines.model().rowCount())]


def line_cell(window: TranscriptsWindow, row: int, column: int) -> str:
    """The shown time, speaker, text or confidence of a line."""
    return str(window.lines.model().index(row, column).data())
