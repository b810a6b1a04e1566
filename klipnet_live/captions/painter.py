"""Paints captions into images. Apart from the window, the only module that uses Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
)

from klipnet_live.assets import FONTS
from klipnet_live.captions.line_break import DEFAULT_LIMITS, LineLimits
from klipnet_live.captions.on_screen import ShownCaption
from klipnet_live.captions.rows import Row, rows_of
from klipnet_live.captions.runs import RunKind
from klipnet_live.types import Image

FONT_FILE = FONTS / "Pretendard-SemiBold.otf"
TEXT = QColor(255, 255, 255)
TENTATIVE = QColor(200, 200, 200)
OUTLINE = QColor(0, 0, 0)
_COLOURS: dict[RunKind, QColor] = {"sure": TEXT, "unsure": TEXT, "tentative": TENTATIVE, "gap": TENTATIVE}
_UNDERLINES = {"unsure": Qt.PenStyle.DashLine, "tentative": Qt.PenStyle.DotLine}
"""Unsure and tentative text are distinguishable without colour."""

LINE_HEIGHT = 1.3
"""Distance between baselines, in font sizes."""

PADDING = 0.4
"""Around a caption's text, in font sizes."""

MARGIN = 0.04
"""Margin below and beside the captions, as a fraction of the image's height and width."""

LOWER_THIRD = 0.36
"""Maximum height of all captions including the margin, as a fraction of the image's height."""


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """How captions look. `scale`: 1 means a font size of 1/21 of the image height."""

    scale: float = 1.0
    limits: LineLimits = DEFAULT_LIMITS
    backdrop_opacity: float = 0.65


class CaptionPainter:
    """Paints captions into the lower third of images. Create it on the main thread.

    Works without a display: if there is no Qt application, it creates an offscreen one.
    """

    def __init__(self, style: CaptionStyle | None = None) -> None:
        self._style = style or CaptionStyle()
        _ensure_application()
        self._family = _load_font()
        self._key: tuple[tuple[ShownCaption, ...], int, int] | None = None
        self._block = QImage()

    def paint(self, image: Image, captions: Sequence[ShownCaption]) -> None:
        """Paint in place. `image`: RGB, shape (height, width, 3), writable and C-contiguous, else
        ValueError.
        """
        if not (image.flags.c_contiguous and image.flags.writeable):
            raise ValueError("captions are painted in place: expected a writable, C-contiguous picture")
        if not captions:
            return
        height, width = image.shape[:2]
        key = (tuple(captions), width, height)
        if key != self._key:
            # A caption stays for many frames, and outlines are slow to draw.
            self._block = self._paint_block(captions, width, height)
            self._key = key
        canvas = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_RGB888)
        painter = QPainter(canvas)
        painter.drawImage(0, height - round(MARGIN * height) - self._block.height(), self._block)
        painter.end()

    def _paint_block(self, captions: Sequence[ShownCaption], width: int, height: int) -> QImage:
        """All captions below each other, as wide as the image; the oldest are dropped if they do not fit."""
        groups = [rows_of(caption, self._style.limits) for caption in captions]
        font = self._font(groups, width, height)
        size = font.pixelSize()
        room = (LOWER_THIRD - MARGIN) * height
        while len(groups) > 1 and sum(_group_height(group, size) for group in groups) > room:
            groups = groups[1:]
        total = sum(_group_height(group, size) for group in groups)
        block = QImage(width, total, QImage.Format.Format_ARGB32_Premultiplied)
        block.fill(Qt.GlobalColor.transparent)
        painter = QPainter(block)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for group in groups:
            self._paint_group(painter, group, font, top)
            top += _group_height(group, size)
        painter.end()
        return block

    def _font(self, groups: Sequence[Sequence[Row]], width: int, height: int) -> QFont:
        """The configured font size, or the largest at which every row fits the image."""
        font = QFont(self._family)
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(max(8, round(height / 21 * self._style.scale)))
        widest = max(_row_width(row, font) for group in groups for row in group)
        room = width * (1 - 2 * MARGIN) - 2 * PADDING * font.pixelSize()
        if widest > room:
            font.setPixelSize(max(1, int(font.pixelSize() * room / widest)))
        return font

    def _paint_group(self, painter: QPainter, rows: Sequence[Row], font: QFont, top: int) -> None:
        size = font.pixelSize()
        width = max(_row_width(row, font) for row in rows) + 2 * PADDING * size
        left = (painter.device().width() - width) / 2
        backdrop = QColor(0, 0, 0)
        backdrop.setAlphaF(self._style.backdrop_opacity)
        path = QPainterPath()
        box = QRectF(left, top, width, _group_height(rows, size) - PADDING * size / 2)
        path.addRoundedRect(box, PADDING * size, PADDING * size)
        painter.fillPath(path, backdrop)
        for number, row in enumerate(rows):
            baseline = top + round(PADDING * size / 2 + (number * LINE_HEIGHT + 1) * size)
            _paint_row(painter, row, font, QPointF(left + PADDING * size, baseline))


def _paint_row(painter: QPainter, row: Row, font: QFont, start: QPointF) -> None:
    metrics = QFontMetricsF(font)
    pen = QPen(OUTLINE, font.pixelSize() / 8)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    parts = [(run.text, _COLOURS[run.kind], _UNDERLINES.get(run.kind)) for run in row.runs]
    x = start.x()
    for text, colour, style in ((row.name, QColor(row.colour), None), *parts):
        path = QPainterPath()
        path.addText(x, start.y(), font, text)
        painter.strokePath(path, pen)
        painter.fillPath(path, colour)
        width = metrics.horizontalAdvance(text)
        if style is not None:
            painter.setPen(QPen(TEXT, max(1.0, font.pixelSize() / 14), style))
            under = start.y() + font.pixelSize() * 0.17
            painter.drawLine(QPointF(x, under), QPointF(x + width, under))
        x += width


def _row_width(row: Row, font: QFont) -> float:
    metrics = QFontMetricsF(font)
    return sum(metrics.horizontalAdvance(text) for text in (row.name, *(run.text for run in row.runs)))


def _group_height(rows: Sequence[Row], size: int) -> int:
    return round((len(rows) * LINE_HEIGHT + 1.5 * PADDING) * size)


def _ensure_application() -> None:
    if QGuiApplication.instance() is None:
        _keep_application(QGuiApplication(["klipnet-live", "-platform", "offscreen"]))


@cache
def _keep_application(application: QGuiApplication) -> QGuiApplication:
    # The Qt application would be destroyed with its last Python reference.
    return application


@cache
def _load_font() -> str:
    number = QFontDatabase.addApplicationFont(str(FONT_FILE))
    return QFontDatabase.applicationFontFamilies(number)[0] if number >= 0 else QFont().family()
