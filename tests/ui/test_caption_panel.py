"""The panel through its real widgets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from klipnet_live.settings import Settings
from klipnet_live.types import Word, WordSource
from klipnet_live.ui.captions.line_painter import LinePainter, sign_of
from klipnet_live.ui.captions.panel import CaptionPanel
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance, appearance_of, apply_appearance
from klipnet_live.ui.look.contrast import contrast
from klipnet_live.ui.look.fonts import load_fonts
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


def test_growing_text_makes_its_row_taller(shown: CaptionPanel) -> None:
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


@pytest.mark.parametrize("part", ["name", "badge"])
def test_clicking_name_or_badge_asks_for_the_person(
    qtbot: QtBot, shown: CaptionPanel, appearance: Appearance, speakers: SpeakerBook, part: str
) -> None:
    fill(shown, 1)
    row = shown.view.visualRect(shown.model.index(0, 0))
    line = shown.model.line_at(0)
    assert line is not None
    parts = LinePainter(speakers, appearance).parts(line, row.width())
    place = getattr(parts, part).center().toPoint() + row.topLeft()
    with qtbot.waitSignal(shown.person_wanted) as asked:
        qtbot.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["1"]


def test_the_person_is_asked_for_by_keyboard(qtbot: QtBot, shown: CaptionPanel) -> None:
    fill(shown, 1)
    shown.view.setCurrentIndex(shown.model.index(0, 0))
    shown.view.setFocus()
    with qtbot.waitSignal(shown.person_wanted) as asked:
        qtbot.keyClick(shown.view, Qt.Key.Key_F2)
    assert asked.args == ["1"]


def test_lines_of_a_hidden_speaker_take_no_room_and_come_back(
    shown: CaptionPanel, speakers: SpeakerBook
) -> None:
    for line, speaker in enumerate(("1", "2", "1")):
        shown.apply(caption("completed", line=line, speaker=speaker, start_s=line))
    speakers.set_hidden("2", True)
    shown.apply(caption("completed", line=3, speaker="2", start_s=3))
    QApplication.processEvents()
    assert [shown.view.isRowHidden(row) for row in range(4)] == [False, True, False, True]
    third = shown.model.line_at(2)
    assert third is not None
    assert not third.begins, "speaker 1 goes on"
    speakers.set_hidden("2", False)
    QApplication.processEvents()
    assert not any(shown.view.isRowHidden(row) for row in range(4))


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


def words(*said: tuple[str, float], source: WordSource = "lips") -> tuple[Word, ...]:
    return tuple(Word(text, 0.0, 0.5, sure, source) for text, sure in said)


def lines_below(shown: CaptionPanel, colour: QColor) -> list[int]:
    """Columns of the first row in which this colour, or one very near, is."""
    QApplication.processEvents()
    picture = shown.view.viewport().grab().toImage()
    row = shown.view.visualRect(shown.model.index(0, 0))
    near = range(row.top(), row.bottom())
    return [x for x in range(row.width()) if any(_is_near(picture.pixelColor(x, y), colour) for y in near)]


def _is_near(a: QColor, b: QColor) -> bool:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) < 30


def test_doubt_is_a_dashed_line_below_its_word_only(shown: CaptionPanel, appearance: Appearance) -> None:
    said = caption("completed", committed="mmmm mmmm")
    shown.apply(replace(said, words=words(("mmmm", 0.9), ("mmmm", 0.2))))
    columns = lines_below(shown, appearance.theme.unsure)
    assert columns
    assert max(columns) - min(columns) > len(columns), "there are gaps between the dashes"
    shown.model.clear()
    shown.apply(replace(said, words=words(("mmmm", 0.9), ("mmmm", 0.9))))
    assert lines_below(shown, appearance.theme.unsure) == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_tentative_text_has_a_contrast_of_seven(
    qtbot: QtBot, qapp: QApplication, speakers: SpeakerBook, theme: str
) -> None:
    """Measured in the picture: the text itself, and not what it was told to be."""
    look = appearance_of(Settings(theme=theme, caption_points=40), load_fonts())
    apply_appearance(qapp, look)
    panel_shown = CaptionPanel(speakers, look)
    qtbot.addWidget(panel_shown)
    panel_shown.resize(500, 300)
    panel_shown.show()
    panel_shown.apply(caption("changed", committed="", tentative="MMMM"))
    QApplication.processEvents()
    picture = panel_shown.grab().toImage()
    row = panel_shown.view.visualRect(panel_shown.model.index(0, 0))
    middle = row.top() + round(row.height() * 0.6)
    across = [picture.pixelColor(x, middle) for x in range(row.left() + 60, row.left() + 250)]
    ground = picture.pixelColor(row.right() - 30, middle)
    assert max(contrast(colour, ground) for colour in across) >= 7.0


def test_consecutive_lines_of_a_speaker_share_one_head(shown: CaptionPanel) -> None:
    for line, speaker in enumerate(("1", "1", "2", "1")):
        shown.apply(caption("completed", line=line, speaker=speaker, start_s=line))
    lines = [shown.model.line_at(row) for row in range(4)]
    assert [line is not None and line.begins for line in lines] == [True, False, True, True]
    QApplication.processEvents()
    heights = [shown.view.visualRect(shown.model.index(row, 0)).height() for row in range(4)]
    assert heights[1] < heights[0] == heights[2] == heights[3]


def test_a_line_below_one_that_came_to_nothing_is_named(shown: CaptionPanel) -> None:
    shown.apply(caption("started", line=1, speaker="1", committed="bi"))
    shown.apply(caption("completed", line=2, speaker="1", committed="set red"))
    shown.apply(caption("completed", line=1, speaker="1", committed=""))
    QApplication.processEvents()
    line = shown.model.line_at(0)
    assert line is not None
    assert line.begins
    painter_height = shown.view.visualRect(shown.model.index(0, 0)).height()
    shown.apply(caption("completed", line=3, speaker="2", committed="set red"))
    QApplication.processEvents()
    assert painter_height == shown.view.visualRect(shown.model.index(1, 0)).height()


def test_a_line_that_cannot_be_read_says_so(shown: CaptionPanel) -> None:
    shown.apply(replace(caption("completed", committed=""), readable=False, hypothesis="bin qx"))
    assert shown.model.index(0, 0).data() == "Speaker 1: … speaking, not readable"


def test_how_a_line_was_read_is_told_where_it_was_not_the_lips_alone() -> None:
    said = caption("completed", committed="bin")
    assert sign_of(replace(said, words=words(("bin", 0.9)))) == ""
    assert sign_of(replace(said, words=words(("bin", 0.9), source="sound"))) == "heard"
    assert sign_of(replace(said, words=words(("bin", 0.9), source="both"))) == "seen and heard"


def test_the_text_to_select_from_covers_neither_badge_nor_name(qtbot: QtBot, shown: CaptionPanel) -> None:
    fill(shown, 1)
    shown.view.setCurrentIndex(shown.model.index(0, 0))
    qtbot.keyClick(shown.view, Qt.Key.Key_Return)
    editor = shown.view.findChild(QTextEdit)
    row = shown.view.visualRect(shown.model.index(0, 0))
    assert editor.geometry().top() > row.top() + row.height() // 3
    assert row.contains(editor.geometry())
