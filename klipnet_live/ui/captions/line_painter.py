"""Paints caption lines: speaker, text, and marks for uncertain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout

from klipnet_live.captions.runs import UNSURE_BELOW, RunKind, TextRun, runs_of, text_of, words_of
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.line_layout import Head, LineLayout, LineParts
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.contrast import mix
from klipnet_live.ui.look.tokens import CORNER_M, CORNER_S, STROKE

_LINES = {"unsure": Qt.PenStyle.DashLine, "tentative": Qt.PenStyle.DotLine}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A row of the list: newest event; `begins`: first line of a group; `time`: as shown in the header."""

    event: CaptionEvent
    begins: bool = True
    time: str = ""


class LinePainter:
    """Paints uncertain words with a dashed line, tentative text with dots, and unreadable speech as a gap."""

    def __init__(self, speakers: SpeakerBook, appearance: Appearance) -> None:
        self._speakers = speakers
        self._layout = LineLayout(appearance)
        self.appearance = appearance

    def height(self, line: ShownLine, width: float) -> float:
        return self._layout.height(self._head(line), text_of(self.runs(line.event)), width)

    def parts(self, line: ShownLine, width: float) -> LineParts:
        return self._layout.parts(self._head(line), text_of(self.runs(line.event)), width)

    def runs(self, event: CaptionEvent) -> tuple[TextRun, ...]:
        """The words of an event with their marks."""
        if not event.readable:
            return (TextRun(not_readable(), "gap"),)
        unsure_below = max(UNSURE_BELOW, self.appearance.confidence_threshold)
        return runs_of(event.committed, event.tentative, words_of(event), unsure_below) or (
            TextRun(speaking(), "gap"),
        )

    def paint(self, painter: QPainter, rect: QRect, line: ShownLine, selected: bool) -> None:
        parts = self.parts(line, rect.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        if selected:
            self._paint_selection(painter, parts)
        if line.begins:
            self._paint_head(painter, parts, line)
        self._paint_text(painter, parts.text, self.runs(line.event))
        painter.restore()

    def divider_height(self) -> float:
        return QFontMetricsF(self.appearance.small_font).height() * 2.4

    def paint_divider(self, painter: QPainter, rect: QRect, text: str) -> None:
        """A horizontal line with the text in its middle."""
        theme, metrics = self.appearance.theme, QFontMetricsF(self.appearance.small_font)
        gap = round(metrics.height())
        line = rect.adjusted(gap, 0, -gap, 0)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, line.width() - 4 * gap)
        half = round(metrics.horizontalAdvance(shown) / 2) + gap // 2
        middle = line.center()
        painter.setPen(theme.border)
        painter.drawLine(line.left(), middle.y(), middle.x() - half, middle.y())
        painter.drawLine(middle.x() + half, middle.y(), line.right(), middle.y())
        painter.setFont(self.appearance.small_font)
        painter.setPen(theme.muted)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)

    def _head(self, line: ShownLine) -> Head | None:
        if not line.begins:
            return None
        return Head(self._speakers.name(line.event.speaker), line.time, sign_of(line.event))

    def _paint_selection(self, painter: QPainter, parts: LineParts) -> None:
        theme = self.appearance.theme
        painter.setPen(QPen(theme.accent, STROKE))
        painter.setBrush(mix(theme.window, theme.accent, 0.08))
        painter.drawRoundedRect(parts.row.adjusted(3, 2, -3, -2), CORNER_M, CORNER_M)

    def _paint_head(self, painter: QPainter, parts: LineParts, line: ShownLine) -> None:
        look, speaker = self.appearance, line.event.speaker
        paint_badge(painter, parts.badge, self._speakers, speaker, look)
        painter.setPen(look.theme.text)
        painter.setFont(look.name_font)
        name = painter.fontMetrics().elidedText(
            self._speakers.name(speaker), Qt.TextElideMode.ElideRight, round(parts.name.width())
        )
        painter.drawText(parts.name, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(look.small_font)
        painter.setPen(look.theme.muted)
        painter.drawText(parts.time, Qt.AlignmentFlag.AlignVCenter, line.time)
        if not parts.sign.isEmpty():
            painter.drawText(parts.sign, Qt.AlignmentFlag.AlignCenter, sign_of(line.event))
            painter.setPen(QPen(look.theme.control_border, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = parts.sign.height() / 2
            painter.drawRoundedRect(parts.sign.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_text(self, painter: QPainter, box: QRectF, runs: tuple[TextRun, ...]) -> None:
        theme = self.appearance.theme
        colours = {"sure": theme.text, "unsure": theme.text, "tentative": theme.tentative, "gap": theme.muted}
        formats = [_format(start, run, colours[run.kind]) for start, run in _placed(runs)]
        layout = self._layout.text_layout(text_of(runs), box.width(), formats)
        for kind, piece in _pieces(layout, runs):
            self._mark(painter, kind, piece.translated(box.topLeft()))
        painter.setPen(theme.text)
        layout.draw(painter, box.topLeft())

    def _mark(self, painter: QPainter, kind: RunKind, piece: QRectF) -> None:
        """Mark a run without relying on colour: a line below it, or a background."""
        theme = self.appearance.theme
        if kind == "gap":
            painter.setPen(QPen(theme.border, 1))
            painter.setBrush(theme.gap)
            painter.drawRoundedRect(piece.adjusted(-3, 1, 3, -1), CORNER_S, CORNER_S)
            return
        thickness = max(STROKE, piece.height() / 14)
        painter.setPen(QPen(theme.unsure if kind == "unsure" else theme.tentative, thickness, _LINES[kind]))
        under = QPointF(0, piece.height() * 0.06)
        painter.drawLine(piece.bottomLeft() + under, piece.bottomRight() + under)


def paint_badge(
    painter: QPainter, place: QRectF, speakers: SpeakerBook, speaker: str, look: Appearance
) -> None:
    """Paint a circle in the speaker's colour with the number or initial."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(speakers.colour(speaker, look.theme))
    painter.drawEllipse(place)
    painter.setFont(look.name_font)
    painter.setPen(look.theme.window)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, speakers.initial(speaker))


def speaking() -> str:
    """Placeholder of a line that has just begun."""
    return QCoreApplication.translate("LinePainter", "… speaking")


def not_readable() -> str:
    """Placeholder of a line in which no word can be read."""
    return QCoreApplication.translate("LinePainter", "… speaking, not readable")


def sign_of(event: CaptionEvent) -> str:
    """Label of how the words were recognised; empty for lip reading alone, the normal case."""
    sources = {word.source for word in event.words}
    if sources <= {"lips"}:
        return ""
    heard_only = sources == {"sound"}
    translate = QCoreApplication.translate
    return translate("LinePainter", "heard") if heard_only else translate("LinePainter", "seen and heard")


def _placed(runs: tuple[TextRun, ...]) -> Iterator[tuple[int, TextRun]]:
    start = 0
    for run in runs:
        yield start, run
        start += len(run.text)


def _pieces(layout: QTextLayout, runs: tuple[TextRun, ...]) -> Iterator[tuple[RunKind, QRectF]]:
    """Rectangles of the marked runs, line by line."""
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = line.textStart(), line.textStart() + line.textLength()
        for start, run in _placed(runs):
            begin, end = max(start, first), min(start + len(run.text.rstrip()), last)
            if run.kind != "sure" and begin < end:
                left, right = _x(line, begin), _x(line, end)
                yield run.kind, QRectF(left, line.y(), right - left, line.height())


def _x(line: object, place: int) -> float:
    x = line.cursorToX(place)  # type: ignore[attr-defined]  # missing in PySide6's stubs
    return float(x[0] if isinstance(x, tuple) else x)


def _format(start: int, run: TextRun, colour: QColor) -> QTextLayout.FormatRange:
    text_format = QTextCharFormat()
    text_format.setForeground(colour)
    formats = QTextLayout.FormatRange()
    formats.start = start
    formats.length = len(run.text)
    formats.format = text_format
    return formats
