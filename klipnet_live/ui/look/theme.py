"""Colours of the window: light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

ThemeName = Literal["system", "light", "dark", "contrast"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour that the window uses; texts reach 4.5:1 on each surface they stand on."""

    name: str
    window: QColor
    surface: QColor
    bubble: QColor
    text: QColor
    muted: QColor
    accent: QColor
    on_accent: QColor
    accent_hover: QColor
    border: QColor
    control_border: QColor
    warning: QColor
    on_warning: QColor
    speakers: tuple[QColor, ...]


LIGHT = Theme(
    name="light",
    window=QColor("#f3f5f8"),
    surface=QColor("#ffffff"),
    bubble=QColor("#ffffff"),
    text=QColor("#14171c"),
    muted=QColor("#545c69"),
    accent=QColor("#1f56c3"),
    on_accent=QColor("#ffffff"),
    accent_hover=QColor("#18459e"),
    border=QColor("#dde1e8"),
    control_border=QColor("#848d9b"),
    warning=QColor("#fdf0d5"),
    on_warning=QColor("#4a3200"),
    speakers=tuple(
        map(QColor, ("#1f56c3", "#a2400f", "#1a6e42", "#7a2fa8", "#a31f50", "#0d6a78", "#6b5a00", "#4a4fb5"))
    ),
)

DARK = Theme(
    name="dark",
    window=QColor("#14171b"),
    surface=QColor("#1b1f25"),
    bubble=QColor("#232830"),
    text=QColor("#f1f3f6"),
    muted=QColor("#a9b1be"),
    accent=QColor("#8db4ff"),
    on_accent=QColor("#0b1c3d"),
    accent_hover=QColor("#b0cbff"),
    border=QColor("#313843"),
    control_border=QColor("#788292"),
    warning=QColor("#3a2c0c"),
    on_warning=QColor("#ffe2a3"),
    speakers=tuple(
        map(QColor, ("#8db4ff", "#ffb088", "#7fdca6", "#d6a4ff", "#ff9fc0", "#7fd8e6", "#e6cf6b", "#b3b8ff"))
    ),
)

CONTRAST = Theme(
    name="contrast",
    window=QColor("#000000"),
    surface=QColor("#000000"),
    bubble=QColor("#000000"),
    text=QColor("#ffffff"),
    muted=QColor("#ffffff"),
    accent=QColor("#ffe600"),
    on_accent=QColor("#000000"),
    accent_hover=QColor("#fff48a"),
    border=QColor("#ffffff"),
    control_border=QColor("#ffffff"),
    warning=QColor("#000000"),
    on_warning=QColor("#ffe600"),
    speakers=tuple(
        map(QColor, ("#7ab8ff", "#ffb066", "#66ff99", "#e0a8ff", "#ff99bb", "#66f0ff", "#ffe600", "#c0c6ff"))
    ),
)

_BY_NAME = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}


def theme_for(name: ThemeName) -> Theme:
    """The theme of that name; "system" follows the desktop's light or dark preference."""
    if name != "system":
        return _BY_NAME[name]
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """The theme for what Qt paints without asking the style sheet."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.surface,
        roles.AlternateBase: theme.window,
        roles.Text: theme.text,
        roles.Button: theme.surface,
        roles.ButtonText: theme.text,
        roles.ToolTipBase: theme.surface,
        roles.ToolTipText: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Link: theme.accent,
    }
    result = QPalette()
    for role, colour in colours.items():
        result.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.muted)
    return result
