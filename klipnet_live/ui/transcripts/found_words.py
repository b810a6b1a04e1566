"""Highlights search matches in table cells."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

_BACKGROUND, _FOREGROUND = QColor("#ffe066"), QColor("#15181d")
"""Highlight colours, readable in every theme."""

_PAD = 4


class FoundWords(QStyledItemDelegate):
    """Item delegate that highlights every occurrence of `query`, and leaves space for the whole text."""

    query = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # Qt wraps the text for the whole width, and later paints it within the padding.
        padded = QStyleOptionViewItem(option)
        self.initStyleOption(padded, index)
        width = option.rect.width()
        inner = _text_area(padded).width()
        if 0 < inner < width:
            padded.rect = QRect(option.rect.topLeft(), QSize(inner, option.rect.height()))
        return super().sizeHint(padded, index)

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
        style = _style(item_style)
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, item_style, painter, item_style.widget)
        area = _text_area(option)
        length = len(" ".join(self.query.split()))
        marks = [(_utf16(text[:place]), _utf16(text[place : place + length])) for place in places]
        layout = _laid_out(text, option, area.width() - 2 * _PAD, marks)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.save()
        painter.setPen((palette.highlightedText() if selected else palette.text()).color())
        height = layout.boundingRect().height()
        layout.draw(painter, QPointF(area.left() + _PAD, area.top() + (area.height() - height) / 2))
        painter.restore()


def _style(option: QStyleOptionViewItem) -> QStyle:
    return option.widget.style() if option.widget is not None else QApplication.style()


def _text_area(option: QStyleOptionViewItem) -> QRect:
    return _style(option).subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)


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


def _utf16(text: str) -> int:
    """The length of a text as Qt counts it: most emoji count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _laid_out(
    text: str, option: QStyleOptionViewItem, width: float, marks: list[tuple[int, int]]
) -> QTextLayout:
    layout = QTextLayout(text, option.font)
    wrap = QTextOption()
    wrap.setTextDirection(option.direction)
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
