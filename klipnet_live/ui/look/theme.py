"""Selects the theme by the user's choice or the desktop's colour scheme."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette

from klipnet_live.ui.look.tokens import CONTRAST, DARK, LIGHT, Theme

ThemeName = Literal["system", "light", "dark", "contrast"]

_BY_NAME = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}


def theme_for(name: ThemeName) -> Theme:
    """The named theme; "system" follows the desktop's light or dark scheme."""
    if name != "system":
        return _BY_NAME[name]
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """The theme as a palette, for what Qt paints without the style sheet."""
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
