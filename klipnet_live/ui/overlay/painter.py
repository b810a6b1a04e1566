"""Measures and paints caption rows on a dark plate, which keeps them readable over any background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from klipnet_live.captions.rows import Row
from klipnet_live.captions.runs import TextRun
from klipnet_live.ui.look.contrast import CAPTION_CONTRAST, mix, readable
from klipnet_live.ui.look.tokens import CORNER_L, DARK, LINE, PLATE, STROKE

_TEXTS = {"white": "#ffffff", "yellow": "#ffe600", "cyan": "#7fe9ff", "green": "#8dff8d"}
_MAX_NAME = 9
"""Maximum width of a name in font heights; longer names are elided."""


@dataclass(frozen=True, slots=True)
class OverlayLook:
    """Opacity of the plate, and name of the text colour."""

    background_opacity: float
    text_colour: str


@dataclass(frozen=True)
class Plate:
    """Rows from top to bottom with a column for names; the font shrinks if a row is too wide."""

    rows: Sequence[Row]
    preferred_font: QFont
    max_width: float

    @cached_property
    def font(self) -> QFont:
        result = QFont(self.preferred_font)
        width = self._width(QFontMetricsF(result))
        if width > self.max_width > 0:
            result.setPointSizeF(result.pointSizeF() * self.max_width / width)
        return result

    @cached_property
    def metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font)

    @property
    def size(self) -> QSizeF:
        """Size of the plate; empty if there are no rows."""
        if not self.rows:
            return QSizeF(0, 0)
        height = len(self.rows) * self.row_height + self.metrics.height() * 0.6
        return QSizeF(self._width(self.metrics), height)

    @property
    def row_height(self) -> float:
        return self.metrics.height() * LINE

    def name_width(self, metrics: QFontMetricsF) -> float:
        widest = max((metrics.horizontalAdvance(row.name) for row in self.rows), default=0.0)
        return min(widest, _MAX_NAME * metrics.height())

    def _width(self, metrics: QFontMetricsF) -> float:
        texts = max((metrics.horizontalAdvance(row.text) for row in self.rows), default=0.0)
        return self.name_width(metrics) + texts + metrics.height() * 1.4


def paint_plate(painter: QPainter, plate: Plate, corner: QPointF, look: OverlayLook, *, framed: bool) -> None:
    """Paint the plate. `corner`: upper left; `framed`: with a frame, to show that it can be moved."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(corner, plate.size)
    painter.setPen(QPen(DARK.accent, STROKE) if framed else Qt.PenStyle.NoPen)
    painter.setBrush(_translucent(look.background_opacity))
    inner = area.adjusted(1, 1, -1, -1) if framed else area
    painter.drawRoundedRect(inner, CORNER_L, CORNER_L)
    painter.setFont(plate.font)
    unit = plate.metrics.height()
    top = area.top() + unit * 0.3
    for number, row in enumerate(plate.rows):
        baseline = top + number * plate.row_height + (plate.row_height - unit) / 2 + plate.metrics.ascent()
        _paint_row(painter, plate, row, QPointF(area.left() + unit * 0.7, baseline), look)


def lightest_background(background_opacity: float) -> QColor:
    """The plate over white, the worst case for the contrast of texts on it."""
    return mix(QColor(255, 255, 255), PLATE, background_opacity)


def text_colours(row: Row, look: OverlayLook) -> tuple[QColor, QColor, QColor]:
    """Colours of name, committed and tentative text with sufficient contrast on the plate."""
    background = lightest_background(look.background_opacity)
    text = readable(QColor(_TEXTS[look.text_colour]), background, CAPTION_CONTRAST)
    tentative = readable(mix(text, background, 0.3), background, CAPTION_CONTRAST)
    return readable(QColor(row.colour), background), text, tentative


def _paint_row(painter: QPainter, plate: Plate, row: Row, start: QPointF, look: OverlayLook) -> None:
    name_colour, solid, dim = text_colours(row, look)
    name_width = plate.name_width(plate.metrics)
    painter.setPen(name_colour)
    painter.drawText(start, plate.metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, name_width))
    place = start + QPointF(name_width, 0)
    for run in row.runs:
        painter.setPen(solid if run.kind in ("sure", "unsure") else dim)
        painter.drawText(place, run.text)
        _underline(painter, plate.metrics, run, place, dim)
        place += QPointF(plate.metrics.horizontalAdvance(run.text), 0)


def _underline(
    painter: QPainter, metrics: QFontMetricsF, run: TextRun, start: QPointF, tentative: QColor
) -> None:
    """Draw dashes below uncertain words and dots below tentative ones."""
    lines = {"unsure": (DARK.unsure, Qt.PenStyle.DashLine), "tentative": (tentative, Qt.PenStyle.DotLine)}
    if run.kind not in lines:
        return
    colour, style = lines[run.kind]
    painter.setPen(QPen(colour, max(STROKE, metrics.height() / 16), style))
    under = QPointF(0, metrics.underlinePos() + metrics.height() * 0.12)
    painter.drawLine(start + under, start + under + QPointF(metrics.horizontalAdvance(run.text.rstrip()), 0))


def _translucent(opacity: float) -> QColor:
    plate = QColor(PLATE)
    plate.setAlphaF(opacity)
    return plate
