"""Where the parts of a caption line stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.tokens import LINE

_SHORT_NAME = 4
"""Room for a name, in badges, that what stands beside it has to leave."""

_NARROW = 16
"""Width of the list, in heights of a name, below which text begins under the badge."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the first line of a group. `sign`: how it was read, where that is to be said."""

    name: str
    time: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class LineParts:
    """Rectangles in the item's coordinates; those of the head are empty where there is none."""

    row: QRectF
    badge: QRectF
    name: QRectF
    time: QRectF
    sign: QRectF
    text: QRectF


class LineLayout:
    """Measures lines for one appearance."""

    def __init__(self, appearance: Appearance) -> None:
        self.appearance = appearance
        self._names = QFontMetricsF(appearance.name_font)
        self._small = QFontMetricsF(appearance.small_font)
        self._unit = self._names.height()
        self._badge = self._unit * 1.4
        self._small_height = self._small.height() * 1.35

    def height(self, head: Head | None, text: str, width: float) -> float:
        """Height of a whole row, `width` being that of the list."""
        return self.parts(head, text, width).row.height()

    def parts(self, head: Head | None, text: str, width: float) -> LineParts:
        """The parts of a row at (0, 0) of that width; a head keeps its distance from the row above."""
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
            height += line.height() * LINE
        layout.endLayout()
        return layout

    def _head(self, head: Head, badge: QRectF, right: float) -> tuple[QRectF, QRectF, QRectF]:
        """Name, time and sign in one row; where that is too narrow, time and sign go below the name."""
        gap = self._unit * 0.5
        left = badge.right() + gap
        wanted, time_width, sign_width = self._widths(head)
        beside = (time_width + gap) * bool(head.time) + (sign_width + gap) * bool(head.sign)
        if right - left - beside >= min(wanted, _SHORT_NAME * self._badge):
            name = QRectF(left, badge.top(), min(wanted, right - left - beside), self._badge)
            middle, x = badge.center().y() - self._small_height / 2, name.right() + gap
        else:
            name = QRectF(left, badge.top(), min(wanted, right - left), self._badge)
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
