from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from klipnet_live.transcripts import sessions as sessions_module
from klipnet_live.transcripts.sessions import SessionStore, default_folder
from klipnet_live.types import UserError
from tests.builders import line

STARTED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


def store_session(
    store: SessionStore, *texts: str, title: str = "Talk", days: int = 0, closed: bool = True
) -> str:
    journal = store.begin(title, "ko", "camera:0", STARTED + timedelta(days=days), pytest.fail)
    for number, text in enumerate(texts):
        speaker = str(1 + number % 2)
        journal(line(text, number, number + 0.9, speaker))
    if closed:
        journal.close()
    return journal.session_id


def texts(store: SessionStore, session: str) -> list[str]:
    return [stored.line.text for stored in store.load(session).lines]


def on_disk(store: SessionStore, tmp_path: Path) -> str:
    return "".join(path.read_text("utf-8") for path in (tmp_path / "sessions").iterdir())


def test_sessions_are_listed_newest_first_with_their_details(store: SessionStore) -> None:
    store_session(store, "one", title="Old")
    store_session(store, "two", title="New", days=1)
    listed = store.sessions()
    assert [session.header.title for session in listed] == ["New", "Old"]
    assert (listed[1].header.started, listed[1].header.language) == (STARTED, "ko")


def test_lines_are_in_order_of_their_start(store: SessionStore) -> None:
    """They are stored in the order in which they were completed."""
    journal = store.begin("Talk", "en", "camera:0", STARTED, pytest.fail)
    journal(line("short", 2.0, 2.5, "2"), line("long", 0.5, 4.0, "1"))
    assert texts(store, journal.session_id) == ["long", "short"]


def test_no_folder_yet_means_no_sessions(store: SessionStore) -> None:
    assert store.sessions() == store.recovered() == []


def test_renaming_changes_title_and_one_speaker(store: SessionStore) -> None:
    session = store_session(store, "one", "two", "three")
    store.rename(session, "회의")
    store.rename_speaker(session, "2", "철수")
    loaded = SessionStore(store.folder).load(session)
    assert loaded.header.title == "회의"
    assert [stored.line.name for stored in loaded.lines] == ["Speaker 1", "철수", "Speaker 1"]
    assert loaded.closed


def test_corrected_or_deleted_text_is_removed_from_the_disk(store: SessionStore, tmp_path: Path) -> None:
    session = store_session(store, "wrong words", "secret", "three")
    first, second, _ = store.load(session).lines
    store.edit_line(session, first.id, "right words")
    store.delete_lines(session, [second.id])
    assert texts(store, session) == ["right words", "three"]
    assert "wrong" not in on_disk(store, tmp_path)
    assert "secret" not in on_disk(store, tmp_path)


def test_many_lines_are_deleted_in_one_write(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    session = store_session(store, *map(str, range(100)))
    written: list[int] = []
    rewrite = sessions_module.rewrite
    monkeypatch.setattr(
        sessions_module,
        "rewrite",
        lambda path, stored: written.append(len(stored.lines)) or rewrite(path, stored),
    )
    ids = [stored.id for stored in store.load(session).lines]
    store.delete_lines(session, ids[10:90])
    assert texts(store, session) == [str(number) for number in (*range(10), *range(90, 100))]
    assert written == [20]


def test_a_running_session_can_be_corrected(store: SessionStore) -> None:
    journal = store.begin("Talk", "en", "screen", STARTED, pytest.fail)
    journal(line("one"))
    store.edit_line(journal.session_id, 1, "uno")
    journal(line("two"))
    assert [(stored.id, stored.line.text) for stored in store.load(journal.session_id).lines] == [
        (1, "uno"),
        (2, "two"),
    ]


def test_only_interrupted_sessions_are_recovered_until_handled(store: SessionStore) -> None:
    store_session(store, "whole")
    cut = store_session(store, "cut", title="Cut", closed=False)
    assert store.recovered() == [], "it still runs in this process"
    later = SessionStore(store.folder)
    assert [session.id for session in later.recovered()] == [cut]
    later.settle(cut)
    assert later.recovered() == []
    assert texts(later, cut) == ["cut"]


def test_deleting_a_session_leaves_the_others(store: SessionStore) -> None:
    gone, stays = store_session(store, "one"), store_session(store, "two")
    store.delete(gone)
    assert [session.id for session in store.sessions()] == [stays]
    with pytest.raises(UserError, match=r"does not exist\. Refresh the list"):
        store.load(gone)


def test_session_ids_cannot_leave_the_folder(store: SessionStore, tmp_path: Path) -> None:
    store_session(store, "one")
    (tmp_path / "other.jsonl").write_text("{}")
    with pytest.raises(UserError, match=r"does not exist\. Refresh the list"):
        store.delete("../other")
    assert (tmp_path / "other.jsonl").exists()


def test_export_has_names_in_every_format(store: SessionStore, tmp_path: Path) -> None:
    session = store_session(store, "안녕", "bin blue")
    store.rename_speaker(session, "1", "영희")
    for ending in (".srt", ".vtt", ".txt", ".json", ".csv"):
        store.export(session, tmp_path / f"talk{ending}")
        text = (tmp_path / f"talk{ending}").read_text("utf-8-sig")
        assert "영희" in text
        assert "bin blue" in text
    assert len(json.loads((tmp_path / "talk.json").read_text("utf-8"))["lines"]) == 2


def test_other_files_and_broken_sessions_do_not_hide_the_good_ones(
    store: SessionStore, tmp_path: Path
) -> None:
    session = store_session(store, "one")
    folder = tmp_path / "sessions"
    (folder / "noise.jsonl").write_bytes(b"\x00\xff{]\n")
    (folder / "half.jsonl").write_text('{"record": "session", "title": "no date"}\n')
    (folder / "list.jsonl").write_text("[1]\n")
    assert [found.id for found in store.sessions()] == [session]
    with pytest.raises(UserError, match=r"is damaged\. Delete it"):
        store.load("noise")


def test_sessions_are_stored_in_the_user_data_folder() -> None:
    assert default_folder().name == "sessions"
    assert "klipnet-live" in str(default_folder())
