"""The table of lines: heights of rows, and highlighted words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.transcripts.session_file import StoredLine
from klipnet_live.ui.transcripts.line_table import LineTable

TEXT = 2
MARK = "#ffe066"


@pytest.fixture
def table(qtbot: QtBot) -> LineTable:
    table = LineTable()
    qtbot.addWidget(table)
    table.setStyleSheet("QTableView::item { padding: 12px; }")
    table.resize(700, 500)
    table.show()
    return table


def show(table: LineTable, *texts: str, query: str = "") -> None:
    lines = [StoredLine(n, CaptionLine("1", "Ann", n, n + 1, text, 0.9)) for n, text in enumerate(texts)]
    table.show_lines(lines, (), query)
    QApplication.processEvents()


def text_area(table: LineTable, row: int) -> QRect:
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    option.rect = table.visualRect(table.model().index(row, TEXT))
    return table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, table)


@pytest.mark.parametrize("length", range(8, 40))
def test_a_row_is_as_high_as_its_text(table: LineTable, length: int) -> None:
    text = "word " * length
    show(table, text)
    area, margin = text_area(table, 0), 2 * (table.style().pixelMetric(
        QStyle.PixelMetric.PM_FocusFrameHMargin, None, table) + 1)  # fmt: skip
    words = QRect(0, 0, area.width() - margin, 10_000)
    needed = table.fontMetrics().boundingRect(words, Qt.TextFlag.TextWordWrap, text.strip())
    assert needed.height() <= area.height()


def columns_of_the_mark(picture: QImage) -> set[int]:
    marked = QColor(MARK)
    return {
        x for x in range(picture.width()) for y in range(picture.height())
        if picture.pixelColor(x, y) == marked
    }  # fmt: skip


def test_emoji_do_not_shift_the_highlight(table: LineTable) -> None:
    widths = []
    for before in ("ab", "\N{GRINNING FACE}"):
        show(table, f"{before}iiii WWWW", query="iiii")
        columns = columns_of_the_mark(table.viewport().grab(text_area(table, 0)).toImage())
        widths.append(max(columns) - min(columns))
    assert widths[0] == pytest.approx(widths[1], abs=2)
