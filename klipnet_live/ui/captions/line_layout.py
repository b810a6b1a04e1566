"""Layout of the parts of a caption line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.tokens import LINE

_MIN_NAME = 4
"""Minimum width of a name, in badge widths, that time and label must leave."""

_NARROW = 16
"""Width of the list, in name heights, below which the text is not indented."""


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a group of lines. `sign`: a label of how it was read, or empty."""

    name: str
    time: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class LineParts:
    """Rectangles in the item's coordinates; those of the header are empty if there is none."""

    row: QRectF
    badge: QRectF
    name: QRectF
    time: QRectF
    sign: QRectF
    text: QRectF


class LineLayout:
    """Computes the layout of lines for one appearance."""

    def __init__(self, appearance: Appearance) -> None:
        self.appearance = appearance
        self._names = QFontMetricsF(appearance.name_font)
        self._small = QFontMetricsF(appearance.small_font)
        self._unit = self._names.height()
        self._badge = self._unit * 1.4
        self._small_height = self._small.height() * 1.35

    def height(self, head: Head | None, text: str, width: float) -> float:
        """Height of a row for a list of that width."""
        return self.parts(head, text, width).row.height()

    def parts(self, head: Head | None, text: str, width: float) -> LineParts:
        """The parts of a row of that width at (0, 0); a header includes its distance from the row above."""
        unit = self._unit
        side = unit * (0.5 if self._is_narrow(width) else 1.0)
        left, right = side, max(width - side, side + 40)
        indent = 0.0 if self._is_narrow(width) else self._badge + unit * 0.5
        empty = QRectF()
        top = unit * 0.1
        badge, name, time, sign = empty, empty, empty, empty
        if head is not None:
            badge = QRectF(left, unit * 0.75, self._badge, self._badge)
            name, time, sign = self._head(head, badge, right)
            top = max(part.bottom() for part in (badge, time, sign)) + unit * 0.1
        text_box = QRectF(left + indent, top, right - left - indent, 0)
        text_box.setHeight(self._text_height(text, text_box.width()))
        row = QRectF(0, 0, width, text_box.bottom() + unit * 0.15)
        return LineParts(row, badge, name, time, sign, text_box)

    def text_layout(
        self, text: str, width: float, formats: Sequence[QTextLayout.FormatRange] = ()
    ) -> QTextLayout:
        """The text wrapped at words, or within a word that is wider than the line."""
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
            height += line.height() * LINE
        layout.endLayout()
        return layout

    def _head(self, head: Head, badge: QRectF, right: float) -> tuple[QRectF, QRectF, QRectF]:
        """Name, time and label in one row; if that is too narrow, time and label go below the name."""
        gap = self._unit * 0.5
        left = badge.right() + gap
        name_width, time_width, sign_width = self._widths(head)
        beside = (time_width + gap) * bool(head.time) + (sign_width + gap) * bool(head.sign)
        if right - left - beside >= min(name_width, _MIN_NAME * self._badge):
            name = QRectF(left, badge.top(), min(name_width, right - left - beside), self._badge)
            middle, x = badge.center().y() - self._small_height / 2, name.right() + gap
        else:
            name = QRectF(left, badge.top(), min(name_width, right - left), self._badge)
            middle, x = badge.bottom(), badge.left()
        time = QRectF(x, middle, time_width, self._small_height) if head.time else QRectF()
        x += (time_width + gap) * bool(head.time)
        sign = QRectF(x, middle, sign_width, self._small_height) if head.sign else QRectF()
        return name, time, sign

    def _widths(self, head: Head) -> tuple[float, float, float]:
        name = self._names.horizontalAdvance(head.name) + 1
        time = self._small.horizontalAdvance(head.time) + 1
        return name, time, self._small.horizontalAdvance(head.sign) + self._unit

    def _is_narrow(self, width: float) -> bool:
        return width < _NARROW * self._unit

    def _text_height(self, text: str, width: float) -> float:
        layout = self.text_layout(text or " ", width)
        return layout.lineCount() * layout.lineAt(0).height() * LINE
