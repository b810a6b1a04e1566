"""Draws a caption line as a chat bubble."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout

from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.bubble_layout import BubbleLayout, BubbleParts
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.look.contrast import faded

_STEPS = 4
"""Marks of the confidence meter."""

_THIN_SPACE = "\u2009"


class BubblePainter:
    """Committed text stands solid, tentative text dimmed and dotted; doubt fades the text and is marked."""

    def __init__(self, speakers: SpeakerBook, appearance: Appearance) -> None:
        self._speakers = speakers
        self._layout = BubbleLayout(appearance)
        self.appearance = appearance

    def height(self, event: CaptionEvent, width: float) -> float:
        name = self._speakers.name(event.speaker)
        return self._layout.item_height(name, self.note(event), _shown(event), width)

    def divider_height(self) -> float:
        return QFontMetricsF(self.appearance.small_font).height() * 2

    def paint_divider(self, painter: QPainter, rect: QRect, text: str) -> None:
        """The text in the middle of a line from side to side."""
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

    def parts(self, event: CaptionEvent, width: float) -> BubbleParts:
        name = self._speakers.name(event.speaker)
        return self._layout.parts(name, self.note(event), _shown(event), width)

    def paint(self, painter: QPainter, rect: QRect, event: CaptionEvent, selected: bool) -> None:
        parts = self.parts(event, rect.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        self._paint_card(painter, parts, selected)
        self._paint_header(painter, parts, event)
        layout = self._layout.text_layout(_shown(event), parts.text.width(), self._formats(event))
        painter.setPen(self.appearance.theme.text)
        layout.draw(painter, parts.text.topLeft())
        painter.restore()

    def _paint_card(self, painter: QPainter, parts: BubbleParts, selected: bool) -> None:
        theme = self.appearance.theme
        painter.setPen(QPen(theme.accent, 2) if selected else QPen(theme.border, 1))
        painter.setBrush(theme.bubble)
        painter.drawRoundedRect(parts.bubble, 12, 12)

    def _paint_header(self, painter: QPainter, parts: BubbleParts, event: CaptionEvent) -> None:
        look = self.appearance
        colour = self._speakers.colour(event.speaker, look.theme)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(parts.badge)
        painter.setFont(look.name_font)
        painter.setPen(look.theme.bubble)
        painter.drawText(parts.badge, Qt.AlignmentFlag.AlignCenter, self._speakers.initial(event.speaker))
        painter.setPen(colour)
        name = painter.fontMetrics().elidedText(
            self._speakers.name(event.speaker), Qt.TextElideMode.ElideRight, round(parts.name.width())
        )
        painter.drawText(parts.name, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(look.small_font)
        painter.setPen(look.theme.muted)
        painter.drawText(
            parts.note, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.note(event)
        )

    def note(self, event: CaptionEvent) -> str:
        """When the line began, and how sure the reader is, in words and marks."""
        sure = round(event.confidence * _STEPS)
        meter = _THIN_SPACE.join("●" * sure + "○" * (_STEPS - sure))
        clock = f"{int(event.start_s) // 60}:{int(event.start_s) % 60:02d}"
        if event.confidence >= self.appearance.confidence_threshold:
            return f"{meter}  {clock}"
        unsure = QCoreApplication.translate("BubblePainter", "unsure")
        return f"{unsure}  {meter}  {clock}"

    def _formats(self, event: CaptionEvent) -> list[QTextLayout.FormatRange]:
        theme = self.appearance.theme
        solid = faded(theme.text, theme.bubble, event.confidence)
        dim = faded(theme.text, theme.bubble, 0.0)
        text = _shown(event)
        # The dots under tentative text would otherwise begin under the space before it.
        begin = len(text) - len(text[len(event.committed) :].lstrip())
        return [
            _format(0, len(event.committed), solid, QTextCharFormat.UnderlineStyle.NoUnderline),
            _format(begin, len(text) - begin, dim, QTextCharFormat.UnderlineStyle.DotLine),
        ]


def _shown(event: CaptionEvent) -> str:
    return event.text or "…"


def _format(
    start: int, length: int, colour: QColor, underline: QTextCharFormat.UnderlineStyle
) -> QTextLayout.FormatRange:
    text_format = QTextCharFormat()
    text_format.setForeground(colour)
    text_format.setUnderlineStyle(underline)
    formats = QTextLayout.FormatRange()
    formats.start = start
    formats.length = length
    formats.format = text_format
    return formats
