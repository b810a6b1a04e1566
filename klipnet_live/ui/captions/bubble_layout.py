"""Where the parts of a bubble stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from klipnet_live.ui.look.appearance import Appearance

_SHORT_NAME = 4
"""Room for a name, in badges, that a note beside it has to leave."""


@dataclass(frozen=True, slots=True)
class BubbleParts:
    """Rectangles in the item's coordinates."""

    bubble: QRectF
    badge: QRectF
    name: QRectF
    note: QRectF
    text: QRectF


class BubbleLayout:
    """Measures bubbles for one appearance."""

    def __init__(self, appearance: Appearance) -> None:
        self.appearance = appearance
        self._name_metrics = QFontMetricsF(appearance.name_font)
        self._note_metrics = QFontMetricsF(appearance.small_font)
        self._gap = self._name_metrics.height() * 0.35
        self._badge = self._name_metrics.height() * 1.5
        self._note_height = self._note_metrics.height() * 1.3

    def item_height(self, name: str, note: str, text: str, width: float) -> float:
        """Height of a whole row, `width` being that of the list."""
        header = self._badge + self._note_height * self._is_narrow(name, note, width)
        return header + self._text_height(text, self._text_width(width)) + 5 * self._gap

    def parts(self, name: str, note: str, text: str, width: float) -> BubbleParts:
        """The parts of a bubble at (0, 0) in a row of that width.

        A long name gives way to the note; where the bubble is narrow, the note goes below the name.
        """
        gap, narrow = self._gap, self._is_narrow(name, note, width)
        height = self.item_height(name, note, text, width) - gap
        bubble = QRectF(gap, gap / 2, width - 2 * gap, height)
        badge = QRectF(bubble.left() + 2 * gap, bubble.top() + 1.5 * gap, self._badge, self._badge)
        note_box = QRectF(0, badge.top(), self._note_width(note), self._badge)
        note_box.moveRight(bubble.right() - 2 * gap)
        room = note_box.left() - badge.right() - 2 * gap
        bottom = badge.bottom()
        if narrow:
            room = note_box.right() - badge.right() - gap
            bottom += self._note_height
            note_box = QRectF(badge.left(), badge.bottom(), self._text_width(width), self._note_height)
        name_width = min(self._name_width(name), room)
        name_box = QRectF(badge.right() + gap, badge.top(), name_width, self._badge)
        text_box = QRectF(badge.left(), bottom + gap / 2, self._text_width(width), bubble.bottom() - bottom)
        return BubbleParts(bubble, badge, name_box, note_box, text_box)

    def text_layout(
        self, text: str, width: float, formats: Sequence[QTextLayout.FormatRange] = ()
    ) -> QTextLayout:
        """The text broken at words, or within a word that is wider than the line."""
        layout = QTextLayout(text, self.appearance.caption_font)
        layout.setFormats(formats)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height() * 1.12
        layout.endLayout()
        return layout

    def _is_narrow(self, name: str, note: str, width: float) -> bool:
        """Whether name and note have no room side by side."""
        room = self._text_width(width) - self._badge - 2 * self._gap - self._note_width(note)
        return room < min(self._name_width(name), _SHORT_NAME * self._badge)

    def _name_width(self, name: str) -> float:
        return self._name_metrics.horizontalAdvance(name) + 1

    def _note_width(self, note: str) -> float:
        return self._note_metrics.horizontalAdvance(note) + 1

    def _text_width(self, width: float) -> float:
        return max(width - 6 * self._gap, 40.0)

    def _text_height(self, text: str, width: float) -> float:
        layout = self.text_layout(text or " ", width)
        return layout.lineCount() * layout.lineAt(0).height() * 1.12
