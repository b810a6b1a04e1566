"""Searching sessions by text and title."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.transcripts import sessions as sessions_module
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.transcripts.listing import list_sessions


def store_session(store: SessionStore, *texts: str, title: str = "Talk") -> None:
    started = datetime(2026, 3, len(store.sessions()) + 1, 9, 30, tzinfo=UTC)
    journal = store.begin(title, "ko", "camera:0", started, pytest.fail)
    for number, text in enumerate(texts):
        speaker = str(1 + number % 2)
        journal(CaptionLine(speaker, f"Speaker {speaker}", number, number + 0.9, text, 0.9))
    journal.close()


def found_lines(store: SessionStore, query: str) -> list[str]:
    listing = list_sessions(store, query)
    return [
        stored.line.text
        for session in listing.sessions
        for stored in session.lines
        if stored.id in listing.found.get(session.id, ())
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("BLUE", ["bin blue"]),
        (unicodedata.normalize("NFD", "입술"), ["저는 입술을 읽어요"]),
        ("straße", ["die STRASSE"]),
        ("bin  blue", ["bin blue"]),
        ("speaker 2", ["저는 입술을 읽어요"]),
        ("red", []),
    ],
)
def test_case_composition_and_spaces_do_not_matter(
    store: SessionStore, query: str, expected: list[str]
) -> None:
    store_session(store, "bin blue", "저는 입술을 읽어요", "die STRASSE")
    assert found_lines(store, query) == expected


def test_decomposed_text_is_found(store: SessionStore) -> None:
    store_session(store, unicodedata.normalize("NFD", "안녕하세요"))
    assert found_lines(store, "안녕") == [unicodedata.normalize("NFD", "안녕하세요")]


@pytest.mark.parametrize("query", ["주간 회의", unicodedata.normalize("NFD", "회의"), "주간   회의"])
def test_titles_are_searched_like_lines(store: SessionStore, query: str) -> None:
    store_session(store, "bin blue", title=unicodedata.normalize("NFD", "주간 회의"))
    store_session(store, "bin red", title="Retro")
    listing = list_sessions(store, query)
    assert [len(session.lines) for session in listing.sessions] == [1]
    assert listing.found == {}


def test_a_search_reads_each_session_once(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("one", "two", "three"):
        store_session(store, text)
    read, paths = sessions_module.read, []
    monkeypatch.setattr(sessions_module, "read", lambda path: paths.append(path) or read(path))
    assert found_lines(store, "two") == ["two"]
    assert len(paths) == len(set(paths)) == 3
