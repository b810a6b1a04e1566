"""Highlights search matches in table cells."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

_BACKGROUND, _FOREGROUND = QColor("#ffe066"), QColor("#15181d")
"""Highlight colours, readable in every theme."""

_PAD = 4


class FoundWords(QStyledItemDelegate):
    """Item delegate that highlights every occurrence of `query` in the text of a cell."""

    query = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        text = unicodedata.normalize("NFC", str(index.data() or ""))
        places = places_of(self.query, text)
        if not places:
            super().paint(painter, option, index)
            return
        item_style = QStyleOptionViewItem(option)
        self.initStyleOption(item_style, index)
        item_style.text = ""
        style = item_style.widget.style() if item_style.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, item_style, painter, item_style.widget)
        area = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)
        length = len(" ".join(self.query.split()))
        layout = _laid_out(text, option, area.width() - 2 * _PAD, [(place, length) for place in places])
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.save()
        painter.setPen((palette.highlightedText() if selected else palette.text()).color())
        height = layout.boundingRect().height()
        layout.draw(painter, QPointF(area.left() + _PAD, area.top() + (area.height() - height) / 2))
        painter.restore()


def places_of(query: str, text: str) -> list[int]:
    """Return the start indices of the query in the text, ignoring case. The text must be NFC."""
    searched, within = " ".join(unicodedata.normalize("NFC", query).split()).casefold(), text.casefold()
    if not searched or len(within) != len(text):
        return []
    places = []
    place = within.find(searched)
    while place >= 0:
        places.append(place)
        place = within.find(searched, place + len(searched))
    return places


def _laid_out(
    text: str, option: QStyleOptionViewItem, width: float, marks: list[tuple[int, int]]
) -> QTextLayout:
    layout = QTextLayout(text, option.font)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrap)
    layout.setFormats([_marked(start, length) for start, length in marks])
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _marked(start: int, length: int) -> QTextLayout.FormatRange:
    marked = QTextCharFormat()
    marked.setBackground(_BACKGROUND)
    marked.setForeground(_FOREGROUND)
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = start, length, marked
    return result
