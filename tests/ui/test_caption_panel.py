"""The panel through its real widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from klipnet_live.ui.captions import panel
from klipnet_live.ui.captions.bubble_painter import BubblePainter
from klipnet_live.ui.captions.panel import CaptionPanel
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.widgets import announcer
from tests.ui.fakes import caption


@pytest.fixture
def speakers(qapp: QApplication) -> SpeakerBook:
    return SpeakerBook()


@pytest.fixture
def shown(qtbot: QtBot, speakers: SpeakerBook, appearance: Appearance) -> CaptionPanel:
    widget = CaptionPanel(speakers, appearance)
    qtbot.addWidget(widget)
    widget.resize(420, 500)
    widget.show()
    return widget


def fill(shown: CaptionPanel, lines: int, first: int = 0) -> None:
    for line in range(first, first + lines):
        shown.apply(caption("completed", line=line, committed=f"line number {line}"))
    QApplication.processEvents()


def test_the_newest_line_stays_in_view(shown: CaptionPanel) -> None:
    fill(shown, 40)
    bar = shown.view.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()
    assert not shown.jump_button.isVisible()


def test_scrolling_up_stops_following_and_a_button_resumes_it(qtbot: QtBot, shown: CaptionPanel) -> None:
    fill(shown, 40)
    bar = shown.view.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    assert shown.jump_button.isVisible()
    fill(shown, 5, first=40)
    assert bar.value() == 0
    qtbot.mouseClick(shown.jump_button, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    assert not shown.jump_button.isVisible()
    fill(shown, 5, first=45)
    assert bar.value() == bar.maximum()


def test_growing_text_makes_its_bubble_taller(shown: CaptionPanel) -> None:
    shown.apply(caption("started", committed="bin"))
    QApplication.processEvents()
    before = shown.view.visualRect(shown.model.index(0, 0)).height()
    shown.apply(caption("changed", committed="bin blue at f two now " * 6))
    QApplication.processEvents()
    assert shown.view.visualRect(shown.model.index(0, 0)).height() > before * 1.5


def test_a_narrower_panel_measures_again(shown: CaptionPanel) -> None:
    shown.apply(caption("completed", committed="bin blue at f two now please"))
    QApplication.processEvents()
    before = shown.view.visualRect(shown.model.index(0, 0)).height()
    shown.resize(220, 500)
    QApplication.processEvents()
    assert shown.view.visualRect(shown.model.index(0, 0)).height() > before


def test_selected_lines_are_copied_in_order(qtbot: QtBot, shown: CaptionPanel, speakers: SpeakerBook) -> None:
    fill(shown, 3)
    speakers.rename("1", "민지")
    shown.view.selectAll()
    qtbot.keyClick(shown.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "\n".join(f"민지: line number {line}" for line in range(3))


def test_another_session_stands_below_a_divider_that_no_one_can_choose(
    qtbot: QtBot, shown: CaptionPanel
) -> None:
    fill(shown, 1)
    shown.begin_session("Zoom Meeting")
    fill(shown, 1)
    divider = shown.view.model().index(1, 0)
    assert divider.data().startswith("Zoom Meeting · ")
    assert (
        0 < shown.view.visualRect(divider).height() < shown.view.visualRect(divider.siblingAtRow(0)).height()
    )
    qtbot.mouseClick(
        shown.view.viewport(), Qt.MouseButton.LeftButton, pos=shown.view.visualRect(divider).center()
    )
    assert not shown.view.currentIndex().isValid()
    shown.view.selectAll()
    shown.view.copy_selected()
    assert QApplication.clipboard().text() == "Speaker 1: line number 0\nSpeaker 1: line number 0"


def test_a_part_of_a_line_can_be_selected_but_not_changed(qtbot: QtBot, shown: CaptionPanel) -> None:
    fill(shown, 1)
    shown.view.setCurrentIndex(shown.model.index(0, 0))
    qtbot.keyClick(shown.view, Qt.Key.Key_Return)
    editor = shown.view.findChild(QTextEdit)
    assert editor is not None
    assert editor.textCursor().selectedText() == "line number 0"
    qtbot.keyClicks(editor, "xyz")
    assert editor.toPlainText() == "line number 0"


def test_an_open_line_cannot_be_edited(shown: CaptionPanel) -> None:
    shown.apply(caption("started", committed="bin"))
    assert not shown.model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize(("part", "asked"), [("name", "ask_name"), ("badge", "ask_colour")])
def test_clicking_name_or_badge_asks_for_it(
    qtbot: QtBot, shown: CaptionPanel, appearance: Appearance, speakers: SpeakerBook,
    monkeypatch: pytest.MonkeyPatch, part: str, asked: str,
) -> None:  # fmt: skip
    fill(shown, 1)
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(panel, asked, lambda *arguments: calls.append(arguments))
    row = shown.view.visualRect(shown.model.index(0, 0))
    parts = BubblePainter(speakers, appearance).parts(shown.model.event_at(0), row.width())
    place = getattr(parts, part).center().toPoint() + row.topLeft()
    qtbot.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [call[2] for call in calls] == ["1"]


def test_the_speaker_is_named_by_keyboard(
    qtbot: QtBot, shown: CaptionPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shown, 1)
    asked: list[object] = []
    monkeypatch.setattr(panel, "ask_name", lambda *arguments: asked.append(arguments[2]))
    shown.view.setCurrentIndex(shown.model.index(0, 0))
    shown.view.setFocus()
    qtbot.keyClick(shown.view, Qt.Key.Key_F2)
    assert asked == ["1"]


def test_finished_lines_are_announced_politely_and_only_they(
    shown: CaptionPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    class Accessibility(QAccessible):
        @staticmethod
        def updateAccessibility(event: object) -> None:
            said.append((event.message(), event.politeness()))  # type: ignore[attr-defined]

    monkeypatch.setattr(announcer, "QAccessible", Accessibility)
    shown.apply(caption("started", committed="bin"))
    shown.apply(caption("completed", committed="bin blue"))
    shown.apply(caption("completed", line=3, committed="set", confidence=0.1))
    shown.announcing = False
    shown.apply(caption("completed", line=2, committed="set red"))
    polite = QAccessible.AnnouncementPoliteness.Polite
    assert said == [("Speaker 1: bin blue", polite), ("Speaker 1: set (unsure)", polite)]


def test_a_screen_reader_finds_the_lines(shown: CaptionPanel) -> None:
    fill(shown, 2)
    interface = QAccessible.queryAccessibleInterface(shown.view)
    assert interface.text(QAccessible.Text.Name) == "Captions"
    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(interface.childCount())]
    assert "Speaker 1: line number 1" in names


def test_tentative_text_is_told_apart_without_colour(shown: CaptionPanel) -> None:
    """The dots under it are darker than the bubble, below the letters."""
    shown.apply(caption("changed", committed="", tentative="mmmm mmmm", confidence=1.0))
    solid = _dark_rows(shown)
    shown.model.clear()
    shown.apply(caption("changed", committed="mmmm mmmm", tentative="", confidence=1.0))
    assert solid > _dark_rows(shown)


def test_low_confidence_is_marked_in_words(
    shown: CaptionPanel, speakers: SpeakerBook, appearance: Appearance
) -> None:
    painter = BubblePainter(speakers, appearance)
    assert "unsure" in painter.note(caption(confidence=0.2))
    assert "unsure" not in painter.note(caption(confidence=0.9))
    assert painter.note(caption(confidence=0.2)).count("●") < painter.note(caption(confidence=0.9)).count("●")


def _dark_rows(shown: CaptionPanel) -> int:
    """Lowest picture row of the first bubble that holds text."""
    QApplication.processEvents()
    picture = shown.view.viewport().grab().toImage()
    row = shown.view.visualRect(shown.model.index(0, 0))
    inside = range(row.top() + row.height() // 2, row.bottom() - 6)
    text = [
        y for y in inside
        if any(QColor(picture.pixel(QPoint(x, y))).lightness() < 170 for x in range(30, row.width() - 30))
    ]  # fmt: skip
    return max(text)
