"""Icons of the entries in lists of sources: a thumbnail where there is one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from klipnet_live.ui.look.icons import icon, icon_pixmap
from klipnet_live.ui.sources.entries import Entry
from klipnet_live.ui.widgets.picture import fitted

PIXEL_RATIO = 2
"""Rendered pixels per icon pixel, for high-density screens."""

_SHAPE = 1.6
"""Width of a thumbnail relative to its height."""

_ICON_LINES = 1.1
_CORNER = 3


def thumbnail_size(widget: QWidget, lines: float) -> QSize:
    """The size of thumbnails that are as high as `lines` lines of this widget's text."""
    height = round(widget.fontMetrics().height() * lines)
    return QSize(round(height * _SHAPE), height)


def icon_size(widget: QWidget) -> QSize:
    """The size of icons beside this widget's text."""
    side = round(widget.fontMetrics().height() * _ICON_LINES)
    return QSize(side, side)


def plain_icon(name: str, palette: QPalette) -> QIcon:
    """The named icon, also for a selected row."""
    colours = QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText
    plain, selected = map(palette.color, colours)
    return icon(name, plain, selected=selected)


def wide_icon(entry: Entry, picture: QImage | None, widget: QWidget, lines: float) -> QIcon:
    """The picture, or else the icon of the entry, in the middle of a rectangle as wide as a thumbnail."""
    size, palette = thumbnail_size(widget, lines), widget.palette()
    if not entry.has_thumbnail:
        size.setHeight(icon_size(widget).height())
    result = QIcon()
    for mode, role in (
        (QIcon.Mode.Normal, QPalette.ColorRole.Text),
        (QIcon.Mode.Selected, QPalette.ColorRole.HighlightedText),
    ):
        pixmap = QPixmap(size * PIXEL_RATIO)
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(PIXEL_RATIO)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
        if picture is None:
            side = icon_size(widget).width()
            place = QRectF(0, 0, side, side)
            place.moveCenter(area.center())
            drawing = icon_pixmap(entry.icon, palette.color(role), side)
            painter.drawPixmap(place, drawing, QRectF(drawing.rect()))
        else:
            _paint_picture(painter, picture, area, palette.color(QPalette.ColorRole.PlaceholderText))
        painter.end()
        result.addPixmap(pixmap, mode)
    return result


def _paint_picture(painter: QPainter, picture: QImage, area: QRectF, border: QColor) -> None:
    place = fitted(picture.size(), area)
    edge = QPainterPath()
    edge.addRoundedRect(place, _CORNER, _CORNER)
    painter.setClipPath(edge)
    painter.drawImage(place, picture)
    painter.setClipping(False)
    painter.setPen(border)
    painter.drawPath(edge)
