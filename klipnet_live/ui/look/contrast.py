"""Contrast between colours by WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

from __future__ import annotations

from PySide6.QtGui import QColor

TEXT_CONTRAST = 4.5
"""Minimum for text by WCAG AA."""

CAPTION_CONTRAST = 7.0
"""Minimum for text by WCAG AAA, used for captions, which are read at a glance."""

_STEPS = 64


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel) for channel in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio of two opaque colours, 1 to 21."""
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """The second colour painted over the first with opacity `share`."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


def readable(colour: QColor, background: QColor, least: float = TEXT_CONTRAST) -> QColor:
    """The colour, moved towards black or white just enough for the contrast `least` on the background."""
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    target = white if contrast(white, background) >= contrast(black, background) else black
    for step in range(_STEPS + 1):
        candidate = QColor(mix(colour, target, step / _STEPS).rgb())
        if contrast(candidate, background) >= least:
            return candidate
    return target


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
