"""The caption panel: scrolling, selecting, naming, announcing and painting."""

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
def panel(qtbot: QtBot, speakers: SpeakerBook, appearance: Appearance) -> CaptionPanel:
    widget = CaptionPanel(speakers, appearance)
    qtbot.addWidget(widget)
    widget.resize(420, 500)
    widget.show()
    return widget


def fill(panel: CaptionPanel, lines: int, first: int = 0) -> None:
    for line in range(first, first + lines):
        panel.apply(caption("completed", line=line, committed=f"line number {line}"))
    QApplication.processEvents()


def test_the_newest_line_stays_visible(panel: CaptionPanel) -> None:
    fill(panel, 40)
    bar = panel.view.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()
    assert not panel.jump_button.isVisible()


def test_scrolling_up_stops_following_until_the_button_is_clicked(qtbot: QtBot, panel: CaptionPanel) -> None:
    fill(panel, 40)
    bar = panel.view.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    assert panel.jump_button.isVisible()
    fill(panel, 5, first=40)
    assert bar.value() == 0
    qtbot.mouseClick(panel.jump_button, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    assert not panel.jump_button.isVisible()
    fill(panel, 5, first=45)
    assert bar.value() == bar.maximum()


def test_growing_text_makes_its_row_taller(panel: CaptionPanel) -> None:
    panel.apply(caption("started", committed="bin"))
    QApplication.processEvents()
    before = panel.view.visualRect(panel.model.index(0, 0)).height()
    panel.apply(caption("changed", committed="bin blue at f two now " * 6))
    QApplication.processEvents()
    assert panel.view.visualRect(panel.model.index(0, 0)).height() > before * 1.5


def test_rows_grow_when_the_panel_becomes_narrower(panel: CaptionPanel) -> None:
    panel.apply(caption("completed", committed="bin blue at f two now please"))
    QApplication.processEvents()
    before = panel.view.visualRect(panel.model.index(0, 0)).height()
    panel.resize(220, 500)
    QApplication.processEvents()
    assert panel.view.visualRect(panel.model.index(0, 0)).height() > before


def test_selected_lines_are_copied_in_order(qtbot: QtBot, panel: CaptionPanel, speakers: SpeakerBook) -> None:
    fill(panel, 3)
    speakers.rename("1", "민지")
    panel.view.selectAll()
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "\n".join(f"민지: line number {line}" for line in range(3))


def test_sessions_are_separated_by_a_divider_that_cannot_be_selected(
    qtbot: QtBot, panel: CaptionPanel
) -> None:
    fill(panel, 1)
    panel.begin_session("Zoom Meeting")
    fill(panel, 1)
    divider = panel.view.model().index(1, 0)
    assert divider.data().startswith("Zoom Meeting · ")
    assert (
        0 < panel.view.visualRect(divider).height() < panel.view.visualRect(divider.siblingAtRow(0)).height()
    )
    qtbot.mouseClick(
        panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(divider).center()
    )
    assert not panel.view.currentIndex().isValid()
    panel.view.selectAll()
    panel.view.copy_selected()
    assert QApplication.clipboard().text() == "Speaker 1: line number 0\nSpeaker 1: line number 0"


def test_part_of_a_line_can_be_selected_but_not_edited(qtbot: QtBot, panel: CaptionPanel) -> None:
    fill(panel, 1)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    editor = panel.view.findChild(QTextEdit)
    assert editor is not None
    assert editor.textCursor().selectedText() == "line number 0"
    qtbot.keyClicks(editor, "xyz")
    assert editor.toPlainText() == "line number 0"


def test_an_open_line_cannot_be_edited(panel: CaptionPanel) -> None:
    panel.apply(caption("started", committed="bin"))
    assert not panel.model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize("part", ["name", "badge"])
def test_clicking_the_name_or_badge_opens_the_speaker(
    qtbot: QtBot, panel: CaptionPanel, appearance: Appearance, speakers: SpeakerBook, part: str
) -> None:
    fill(panel, 1)
    row = panel.view.visualRect(panel.model.index(0, 0))
    line = panel.model.line_at(0)
    assert line is not None
    parts = LinePainter(speakers, appearance).parts(line, row.width())
    place = getattr(parts, part).center().toPoint() + row.topLeft()
    with qtbot.waitSignal(panel.person_requested) as signal:
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["1"]


def test_f2_opens_the_speaker(qtbot: QtBot, panel: CaptionPanel) -> None:
    fill(panel, 1)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    panel.view.setFocus()
    with qtbot.waitSignal(panel.person_requested) as signal:
        qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    assert signal.args == ["1"]


def test_lines_of_a_hidden_speaker_disappear_and_can_be_shown_again(
    panel: CaptionPanel, speakers: SpeakerBook
) -> None:
    for line, speaker in enumerate(("1", "2", "1")):
        panel.apply(caption("completed", line=line, speaker=speaker, start_s=line))
    speakers.set_hidden("2", True)
    panel.apply(caption("completed", line=3, speaker="2", start_s=3))
    QApplication.processEvents()
    assert [panel.view.isRowHidden(row) for row in range(4)] == [False, True, False, True]
    third = panel.model.line_at(2)
    assert third is not None
    assert not third.begins, "speaker 1 goes on"
    speakers.set_hidden("2", False)
    QApplication.processEvents()
    assert not any(panel.view.isRowHidden(row) for row in range(4))


def test_only_completed_lines_are_announced_to_screen_readers(
    panel: CaptionPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    class Accessibility(QAccessible):
        @staticmethod
        def updateAccessibility(event: object) -> None:
            announced.append((event.message(), event.politeness()))  # type: ignore[attr-defined]

    monkeypatch.setattr(announcer, "QAccessible", Accessibility)
    panel.apply(caption("started", committed="bin"))
    panel.apply(caption("completed", committed="bin blue"))
    panel.apply(caption("completed", line=3, committed="set", confidence=0.1))
    panel.announcing = False
    panel.apply(caption("completed", line=2, committed="set red"))
    polite = QAccessible.AnnouncementPoliteness.Polite
    assert announced == [("Speaker 1: bin blue", polite), ("Speaker 1: set (unsure)", polite)]


def test_screen_readers_can_read_the_lines(panel: CaptionPanel) -> None:
    fill(panel, 2)
    interface = QAccessible.queryAccessibleInterface(panel.view)
    assert interface.text(QAccessible.Text.Name) == "Captions"
    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(interface.childCount())]
    assert "Speaker 1: line number 1" in names


def words(*scored: tuple[str, float], source: WordSource = "lips") -> tuple[Word, ...]:
    return tuple(Word(text, 0.0, 0.5, confidence, source) for text, confidence in scored)


def columns_with_colour(panel: CaptionPanel, colour: QColor) -> list[int]:
    """The x positions at which the first row contains this colour, or one very close to it."""
    QApplication.processEvents()
    picture = panel.view.viewport().grab().toImage()
    row = panel.view.visualRect(panel.model.index(0, 0))
    rows = range(row.top(), row.bottom())
    return [x for x in range(row.width()) if any(_is_near(picture.pixelColor(x, y), colour) for y in rows)]


def _is_near(a: QColor, b: QColor) -> bool:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) < 30


def test_only_an_uncertain_word_is_underlined_with_dashes(
    panel: CaptionPanel, appearance: Appearance
) -> None:
    line = caption("completed", committed="mmmm mmmm")
    panel.apply(replace(line, words=words(("mmmm", 0.9), ("mmmm", 0.2))))
    columns = columns_with_colour(panel, appearance.theme.unsure)
    assert columns
    assert max(columns) - min(columns) > len(columns), "there are gaps between the dashes"
    panel.model.clear()
    panel.apply(replace(line, words=words(("mmmm", 0.9), ("mmmm", 0.9))))
    assert columns_with_colour(panel, appearance.theme.unsure) == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_tentative_text_has_a_contrast_of_seven(
    qtbot: QtBot, qapp: QApplication, speakers: SpeakerBook, theme: str
) -> None:
    """Measured in the rendered picture, not taken from the style."""
    look = appearance_of(Settings(theme=theme, caption_points=40), load_fonts())
    apply_appearance(qapp, look)
    panel = CaptionPanel(speakers, look)
    qtbot.addWidget(panel)
    panel.resize(500, 300)
    panel.show()
    panel.apply(caption("changed", committed="", tentative="MMMM"))
    QApplication.processEvents()
    picture = panel.grab().toImage()
    row = panel.view.visualRect(panel.model.index(0, 0))
    middle = row.top() + round(row.height() * 0.6)
    line_of_pixels = [picture.pixelColor(x, middle) for x in range(row.left() + 60, row.left() + 250)]
    background = picture.pixelColor(row.right() - 30, middle)
    assert max(contrast(colour, background) for colour in line_of_pixels) >= 7.0


def test_consecutive_lines_of_a_speaker_show_the_name_once(panel: CaptionPanel) -> None:
    for line, speaker in enumerate(("1", "1", "2", "1")):
        panel.apply(caption("completed", line=line, speaker=speaker, start_s=line))
    lines = [panel.model.line_at(row) for row in range(4)]
    assert [line is not None and line.begins for line in lines] == [True, False, True, True]
    QApplication.processEvents()
    heights = [panel.view.visualRect(panel.model.index(row, 0)).height() for row in range(4)]
    assert heights[1] < heights[0] == heights[2] == heights[3]


def test_a_line_shows_the_name_after_an_empty_line_above_it_is_removed(panel: CaptionPanel) -> None:
    panel.apply(caption("started", line=1, speaker="1", committed="bi"))
    panel.apply(caption("completed", line=2, speaker="1", committed="set red"))
    panel.apply(caption("completed", line=1, speaker="1", committed=""))
    QApplication.processEvents()
    line = panel.model.line_at(0)
    assert line is not None
    assert line.begins
    height_with_name = panel.view.visualRect(panel.model.index(0, 0)).height()
    panel.apply(caption("completed", line=3, speaker="2", committed="set red"))
    QApplication.processEvents()
    assert height_with_name == panel.view.visualRect(panel.model.index(1, 0)).height()


def test_an_unreadable_line_is_shown_as_unreadable(panel: CaptionPanel) -> None:
    panel.apply(replace(caption("completed", committed=""), readable=False, hypothesis="bin qx"))
    assert panel.model.index(0, 0).data() == "Speaker 1: … speaking, not readable"


def test_a_line_shows_whether_it_was_heard_or_seen_and_heard() -> None:
    line = caption("completed", committed="bin")
    assert sign_of(replace(line, words=words(("bin", 0.9)))) == ""
    assert sign_of(replace(line, words=words(("bin", 0.9), source="sound"))) == "heard"
    assert sign_of(replace(line, words=words(("bin", 0.9), source="both"))) == "seen and heard"


def test_the_selection_editor_does_not_cover_badge_or_name(qtbot: QtBot, panel: CaptionPanel) -> None:
    fill(panel, 1)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    editor = panel.view.findChild(QTextEdit)
    row = panel.view.visualRect(panel.model.index(0, 0))
    assert editor.geometry().top() > row.top() + row.height() // 3
    assert row.contains(editor.geometry())
