"""Transcripts can be searched, corrected, exported and deleted."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.transcripts.found_words import places_of
from klipnet_live.ui.transcripts.window import TranscriptsWindow
from tests.ui.stored_sessions import line_cell, shown_lines, store_session, texts_of


@pytest.fixture
def window(qtbot: QtBot, store: SessionStore, qapp: QApplication) -> TranscriptsWindow:
    store_session(store, "Monday", ["bin blue at f two now", "place red"])
    store_session(store, "화요일", ["무를 당장 심어라", "lay green"])
    opened = TranscriptsWindow(store)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: opened.lines.model().rowCount() == 2)
    return opened


def shown_titles(window: TranscriptsWindow) -> list[str]:
    model = window.sessions.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> None:
    def question(box: QMessageBox) -> QMessageBox.StandardButton:
        assert box.defaultButton() == box.button(QMessageBox.StandardButton.No), "Enter must not delete"
        return button

    monkeypatch.setattr(QMessageBox, "exec", question)


def test_the_title_is_the_suggested_name_of_an_export(
    qtbot: QtBot, window: TranscriptsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.sessions.rename_current()
    editor = window.sessions.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Retro")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Retro" in shown_titles(window))
    suggested: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: suggested.append(args[2]) or ("", ""))
    window.export()
    (name,) = [Path(name).name for name in suggested]
    assert re.fullmatch(r"Retro \d{4}-\d\d-\d\d \d\d\.\d\d\.srt", name)


def test_the_newest_session_is_shown_first(window: TranscriptsWindow) -> None:
    assert shown_titles(window) == ["화요일", "Monday"]
    assert shown_lines(window) == ["무를 당장 심어라", "lay green"]


@pytest.mark.parametrize(
    ("query", "sessions", "selected"),
    [
        ("BLUE", ["Monday"], ["bin blue at f two now"]),
        ("당장", ["화요일"], ["무를 당장 심어라"]),
        ("monday", ["Monday"], []),
    ],
)
def test_search_finds_lines_and_titles_in_both_languages(
    qtbot: QtBot, window: TranscriptsWindow, query: str, sessions: list[str], selected: list[str]
) -> None:
    window.search.setText(query)
    qtbot.waitUntil(lambda: shown_titles(window) == sessions)
    window.lines.copy_selected()
    assert QApplication.clipboard().text() == "\n".join(f"Ada: {text}" for text in selected)


def edit_in_place(qtbot: QtBot, view: QWidget, text: str) -> None:
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_a_line_is_corrected_in_place(qtbot: QtBot, window: TranscriptsWindow, store: SessionStore) -> None:
    window.lines.setFocus()
    window.lines.setCurrentIndex(window.lines.model().index(1, 0))
    qtbot.keyClick(window.lines, Qt.Key.Key_F2)
    edit_in_place(qtbot, window.lines, "lay white")
    qtbot.waitUntil(lambda: texts_of(store)[0] == ["무를 당장 심어라", "lay white"])


def test_with_very_large_text_both_lists_show_rows(window: TranscriptsWindow) -> None:
    font = window.font()
    font.setPointSizeF(4 * font.pointSizeF())
    window.setFont(font)
    window.resize(1200, 750)
    QApplication.processEvents()
    for view in (window.sessions, window.lines):
        assert view.viewport().height() >= 3 * view.fontMetrics().height()


def test_in_a_narrow_window_the_buttons_cover_no_list(window: TranscriptsWindow) -> None:
    font = window.font()
    font.setPointSizeF(2 * font.pointSizeF())
    window.setFont(font)
    window.resize(560, 520)
    for _ in range(3):
        QApplication.processEvents()
    for view, pane in ((window.sessions, window.session_pane), (window.lines, window.line_pane)):
        buttons = [button.geometry() for button in pane.buttons if button.isVisible()]
        assert min(place.top() for place in buttons) > view.geometry().bottom()
        assert max(place.bottom() for place in buttons) < pane.height()


def test_a_line_cannot_be_emptied_by_a_correction(
    qtbot: QtBot, window: TranscriptsWindow, store: SessionStore
) -> None:
    window.lines.setCurrentIndex(window.lines.model().index(1, 0))
    qtbot.keyClick(window.lines, Qt.Key.Key_F2)
    edit_in_place(qtbot, window.lines, "   ")
    qtbot.waitUntil(lambda: shown_lines(window) == ["무를 당장 심어라", "lay green"])
    assert texts_of(store)[0] == ["무를 당장 심어라", "lay green"]


def test_a_session_is_renamed_in_place(qtbot: QtBot, window: TranscriptsWindow, store: SessionStore) -> None:
    window.sessions.setFocus()
    qtbot.keyClick(window.sessions, Qt.Key.Key_F2)
    edit_in_place(qtbot, window.sessions, "Garden")
    qtbot.waitUntil(lambda: [s.header.title for s in store.sessions()] == ["Garden", "Monday"])
    window.refresh()
    qtbot.waitUntil(lambda: shown_titles(window) == ["Garden", "Monday"])


def test_lines_are_deleted_only_after_confirmation(
    qtbot: QtBot, window: TranscriptsWindow, store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.lines.selectRow(0)
    answer(monkeypatch, QMessageBox.StandardButton.No)
    qtbot.keyClick(window.lines, Qt.Key.Key_Delete)
    assert len(texts_of(store)[0]) == 2
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    qtbot.keyClick(window.lines, Qt.Key.Key_Delete)
    assert texts_of(store)[0] == ["lay green"]
    qtbot.waitUntil(lambda: shown_lines(window) == ["lay green"])


def test_a_session_is_deleted_after_confirmation(
    qtbot: QtBot, window: TranscriptsWindow, store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    qtbot.mouseClick(window.session_pane.buttons[2], Qt.MouseButton.LeftButton)
    assert [session.header.title for session in store.sessions()] == ["Monday"]
    qtbot.waitUntil(lambda: shown_lines(window) == ["bin blue at f two now", "place red"])


def test_the_file_name_extension_chooses_the_export_format(
    window: TranscriptsWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("lines.srt", "lines.vtt", "lines.txt", "lines.json", "lines.csv"):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        window.export()
        assert "무를 당장 심어라" in path.read_text(encoding="utf-8-sig")
        assert window.message_bar.text.text() == f"Saved as {path}"
    assert json.loads((tmp_path / "lines.json").read_text(encoding="utf-8"))["lines"][0]["name"] == "Ada"


def test_a_name_without_an_extension_gets_that_of_the_chosen_format(
    window: TranscriptsWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen = (str(tmp_path / "v1.2 notes"), "Text with timestamps (*.txt)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    window.export()
    assert (tmp_path / "v1.2 notes.txt").is_file()


def test_exporting_into_a_missing_folder_is_reported(
    window: TranscriptsWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "a.srt"), ""))
    window.export()
    assert "does not exist" in window.message_bar.text.text()
    assert window.message_bar.property("role") == "warning"


def test_without_sessions_only_opening_a_file_is_enabled(
    qtbot: QtBot, qapp: QApplication, store: SessionStore
) -> None:
    window = TranscriptsWindow(store)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not any(button.isEnabled() for button in window.session_pane.buttons[:-1]))


def test_renaming_a_speaker_changes_all_lines_of_the_session(
    window: TranscriptsWindow, store: SessionStore
) -> None:
    session = store.sessions()[0]
    speaker = session.lines[0].line.speaker
    window.lines.model().setData(window.lines.model().index(0, 1), "Minji")
    for stored in store.load(session.id).lines:
        assert (stored.line.name == "Minji") is (stored.line.speaker == speaker)


def test_the_confidence_of_a_line_is_shown(window: TranscriptsWindow, store: SessionStore) -> None:
    shown_confidence = line_cell(window, 0, 3)
    confidence = store.sessions()[0].lines[0].line.confidence
    assert f"{round(100 * confidence)} %" in shown_confidence
    assert ("low" in shown_confidence) is (confidence < 0.5)


def test_search_hits_are_highlighted(qtbot: QtBot, window: TranscriptsWindow) -> None:
    def marked() -> bool:
        picture = window.lines.viewport().grab().toImage()
        size = picture.size()
        return any(
            picture.pixelColor(x, y).name() == "#ffe066"
            for x in range(0, size.width(), 2) for y in range(0, size.height(), 2)
        )  # fmt: skip

    assert not marked()
    window.search.setText(line_cell(window, 0, 2).split()[0].upper())
    qtbot.waitUntil(marked)


def test_the_highlight_follows_the_search(qtbot: QtBot, window: TranscriptsWindow) -> None:
    """Also if the longer text is in the same lines."""
    for query in ("gre", "green"):
        window.search.setText(query)
        qtbot.waitUntil(lambda query=query: window.lines.itemDelegateForColumn(2).query == query)


@pytest.fixture
def hour(qtbot: QtBot, store: SessionStore, qapp: QApplication) -> TranscriptsWindow:
    """A call with an hour of captions of many lengths, and one word that is said late."""
    texts = [f"{number} " + "lay green " * (1 + number % 12) for number in range(1500)]
    texts[1200] += "budget"
    store_session(store, "An hour", texts)
    opened = TranscriptsWindow(store)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: opened.lines.model().rowCount() == len(texts))
    return opened


def is_whole(window: TranscriptsWindow, row: int) -> bool:
    """Whether a line is visible, and as high as its text."""
    place = window.lines.visualRect(window.lines.model().index(row, 2))
    fits = place.height() >= window.lines.sizeHintForRow(row)
    return fits and window.lines.viewport().rect().contains(place)


def test_a_long_session_is_shown_at_once(qtbot: QtBot, hour: TranscriptsWindow) -> None:
    began = time.monotonic()
    for text in ("corrected", "again"):
        hour.lines.model().setData(hour.lines.model().index(0, 2), text)
        hour.lines.model().setData(hour.lines.model().index(0, 1), text)
        QApplication.processEvents()
    assert time.monotonic() - began < 15


def test_lines_that_come_into_view_show_their_whole_text(qtbot: QtBot, hour: TranscriptsWindow) -> None:
    hour.search.setText("budget")
    qtbot.waitUntil(lambda: hour.lines.selected_ids == [1201])
    QApplication.processEvents()
    assert is_whole(hour, 1200)
    hour.lines.scrollToBottom()
    QApplication.processEvents()
    assert is_whole(hour, 1499)
    for _ in range(20):
        qtbot.keyClick(hour.lines, Qt.Key.Key_Down)
        QApplication.processEvents()
        assert is_whole(hour, hour.lines.currentIndex().row())


def test_a_correction_keeps_the_place(hour: TranscriptsWindow) -> None:
    hour.lines.setCurrentIndex(hour.lines.model().index(700, 2))
    place = hour.lines.verticalScrollBar().value()
    hour.lines.model().setData(hour.lines.currentIndex().siblingAtColumn(1), "Minji")
    QApplication.processEvents()
    assert (hour.lines.currentIndex().row(), hour.lines.verticalScrollBar().value()) == (700, place)
    assert line_cell(hour, 3, 1) == "Minji"


def test_a_long_name_leaves_space_for_the_text(window: TranscriptsWindow) -> None:
    window.resize(1600, 700)
    window.lines.model().setData(window.lines.model().index(0, 1), "Dr. Maria-Magdalena of Hohenzollern " * 5)
    QApplication.processEvents()
    assert window.lines.columnWidth(2) >= 1.9 * window.lines.columnWidth(1) > 0


def test_search_hits_are_found_in_any_case() -> None:
    assert places_of("BIN", "bin blue bin") == [0, 9]
    assert places_of("", "bin") == []
    assert places_of("회의", "오늘 회의 시작") == [3]


def test_subtitles_of_another_program_are_opened_with_their_video(
    qtbot: QtBot, window: TranscriptsWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\ngood morning\n", encoding="utf-8")
    (tmp_path / "talk.mp4").touch()
    chosen = str(tmp_path / "talk.srt")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    qtbot.mouseClick(window.session_pane.buttons[-1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown_lines(window) == ["good morning"])
    play = next(button for button in window.line_pane.buttons if "Play" in button.text())
    assert play.isVisible()
    assert window.session_pane.buttons[-1].isEnabled()


def test_a_file_without_subtitles_is_reported(window: TranscriptsWindow, tmp_path: Path) -> None:
    (tmp_path / "notes.srt").write_text("nothing", encoding="utf-8")
    window.import_subtitles(tmp_path / "notes.srt")
    message = window.message_bar.text.text()
    assert str(tmp_path / "notes.srt") in message
    assert "Choose an .srt or .vtt file." in message
