"""Where the parts of a bubble stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from klipnet_live.ui.appearance import Appearance


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

    def item_height(self, text: str, width: float) -> float:
        """Height of a whole row, `width` being that of the list."""
        return self._badge + self._text_height(text, self._text_width(width)) + 5 * self._gap

    def parts(self, name: str, note: str, text: str, width: float) -> BubbleParts:
        """The parts of a bubble at (0, 0) in a row of that width; a name gives way to the note."""
        gap = self._gap
        bubble = QRectF(gap, gap / 2, width - 2 * gap, self.item_height(text, width) - gap)
        badge = QRectF(bubble.left() + 2 * gap, bubble.top() + 1.5 * gap, self._badge, self._badge)
        note_box = QRectF(0, badge.top(), self._note_metrics.horizontalAdvance(note) + 1, self._badge)
        note_box.moveRight(bubble.right() - 2 * gap)
        room = max(note_box.left() - badge.right() - 2 * gap, 0.0)
        name_width = min(self._name_metrics.horizontalAdvance(name) + 1, room)
        name_box = QRectF(badge.right() + gap, badge.top(), name_width, self._badge)
        text_box = QRectF(
            badge.left(), badge.bottom() + gap / 2, self._text_width(width), bubble.bottom() - badge.bottom()
        )
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

    def _text_width(self, width: float) -> float:
        return max(width - 6 * self._gap, 40.0)

    def _text_height(self, text: str, width: float) -> float:
        layout = self.text_layout(text or " ", width)
        return layout.lineCount() * layout.lineAt(0).height() * 1.12
