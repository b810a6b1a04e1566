"""Which sessions hold what is looked for."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.transcripts import sessions as sessions_module
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.transcripts.listing import list_sessions


def keep(store: SessionStore, *texts: str, title: str = "Talk") -> None:
    started = datetime(2026, 3, len(store.sessions()) + 1, 9, 30, tzinfo=UTC)
    journal = store.begin(title, "ko", "camera:0", started, pytest.fail)
    for number, text in enumerate(texts):
        speaker = str(1 + number % 2)
        journal(CaptionLine(speaker, f"Speaker {speaker}", number, number + 0.9, text, 0.9))
    journal.close()


def found_lines(store: SessionStore, query: str) -> list[str]:
    listing = list_sessions(store, query)
    return [
        kept.line.text
        for session in listing.sessions
        for kept in session.lines
        if kept.id in listing.found.get(session.id, ())
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("BLUE", ["bin blue"]),
        (unicodedata.normalize("NFD", "입술"), ["저는 입술을 읽어요"]),
        ("straße", ["die STRASSE"]),
        ("bin  blue", ["bin blue"]),
        ("speaker 2", ["저는 입술을 읽어요"]),
        ("red", []),
    ],
)
def test_case_composition_and_spaces_do_not_matter(store: SessionStore, query: str, found: list[str]) -> None:
    keep(store, "bin blue", "저는 입술을 읽어요", "die STRASSE")
    assert found_lines(store, query) == found


def test_decomposed_text_is_found_too(store: SessionStore) -> None:
    keep(store, unicodedata.normalize("NFD", "안녕하세요"))
    assert found_lines(store, "안녕") == [unicodedata.normalize("NFD", "안녕하세요")]


@pytest.mark.parametrize("query", ["주간 회의", unicodedata.normalize("NFD", "회의"), "주간   회의"])
def test_titles_are_found_as_lines_are(store: SessionStore, query: str) -> None:
    keep(store, "bin blue", title=unicodedata.normalize("NFD", "주간 회의"))
    keep(store, "bin red", title="Retro")
    listing = list_sessions(store, query)
    assert [len(session.lines) for session in listing.sessions] == [1]
    assert listing.found == {}


def test_a_search_reads_each_session_once(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("one", "two", "three"):
        keep(store, text)
    read, looked = sessions_module.read, []
    monkeypatch.setattr(sessions_module, "read", lambda path: looked.append(path) or read(path))
    assert found_lines(store, "two") == ["two"]
    assert len(looked) == len(set(looked)) == 3
