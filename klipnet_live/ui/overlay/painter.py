"""Paints caption rows on dark plates that can be read over anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from klipnet_live.captions.rows import Row
from klipnet_live.ui.look.contrast import mix, readable

_PLATE = QColor(12, 14, 18)
_TEXTS = {"white": "#ffffff", "yellow": "#ffe600", "cyan": "#7fe9ff", "green": "#8dff8d"}
_LINE = 1.35
"""Height of a row in font heights."""


@dataclass(frozen=True, slots=True)
class OverlayLook:
    """How dark the plate is, and the name of the text's colour."""

    background_opacity: float
    text_colour: str


def paint_rows(painter: QPainter, rows: Sequence[Row], font: QFont, area: QRectF, look: OverlayLook) -> None:
    """Rows from the bottom of the area upwards, each centred; the font shrinks where a row is too wide."""
    fitted = _fitted(rows, font, area.width())
    metrics = QFontMetricsF(fitted)
    height = metrics.height() * _LINE
    top = area.bottom() - height * len(rows)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(fitted)
    for number, row in enumerate(rows):
        width = _width(row, metrics) + metrics.height()
        plate = QRectF(area.center().x() - width / 2, top + number * height, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_translucent(look.background_opacity))
        painter.drawRoundedRect(plate, height / 5, height / 5)
        _paint_row(painter, row, plate, metrics, look)


def lightest_background(background_opacity: float) -> QColor:
    """The plate over white: what texts on it have to stand out from at the worst."""
    return mix(QColor(255, 255, 255), _PLATE, background_opacity)


def text_colours(row: Row, look: OverlayLook) -> tuple[QColor, QColor, QColor]:
    """Colours of name, committed and tentative text, readable on the plate over anything."""
    background = lightest_background(look.background_opacity)
    text = readable(QColor(_TEXTS[look.text_colour]), background)
    tentative = readable(mix(text, background, 0.4), background)
    return readable(QColor(row.colour), background), text, tentative


def _paint_row(painter: QPainter, row: Row, plate: QRectF, metrics: QFontMetricsF, look: OverlayLook) -> None:
    baseline = plate.top() + (plate.height() - metrics.height()) / 2 + metrics.ascent()
    x = plate.left() + metrics.height() / 2
    name, solid, dim = text_colours(row, look)
    parts = [(run.text, solid if run.kind in ("sure", "unsure") else dim, run.kind) for run in row.runs]
    for text, colour, kind in ((row.name, name, "sure"), *parts):
        painter.setPen(colour)
        painter.drawText(QPointF(x, baseline), text)
        advance = metrics.horizontalAdvance(text)
        if kind == "tentative":
            painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DotLine))
            under = baseline + metrics.underlinePos() + 2
            painter.drawLine(QPointF(x, under), QPointF(x + advance, under))
        x += advance


def _fitted(rows: Sequence[Row], font: QFont, width: float) -> QFont:
    metrics = QFontMetricsF(font)
    widest = max((_width(row, metrics) + metrics.height() for row in rows), default=0.0)
    result = QFont(font)
    if widest > width > 0:
        result.setPointSizeF(font.pointSizeF() * width / widest)
    return result


def _width(row: Row, metrics: QFontMetricsF) -> float:
    return sum(metrics.horizontalAdvance(text) for text in (row.name, row.text))


def _translucent(opacity: float) -> QColor:
    plate = QColor(_PLATE)
    plate.setAlphaF(opacity)
    return plate
