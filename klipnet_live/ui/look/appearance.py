"""The appearance of all widgets as one immutable value."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from klipnet_live.settings import Settings
from klipnet_live.ui.look.fonts import interface_font
from klipnet_live.ui.look.style_sheet import style_sheet
from klipnet_live.ui.look.theme import palette, theme_for
from klipnet_live.ui.look.tokens import BODY_POINTS, SMALL, Theme


@dataclass(frozen=True, slots=True)
class Appearance:
    """Colours and sizes; `scale` is 1 at 100 %."""

    theme: Theme
    family: str
    scale: float
    caption_points: float
    confidence_threshold: float

    @property
    def caption_font(self) -> QFont:
        font = QFont(self.family)
        font.setPointSizeF(self.caption_points * self.scale)
        return font

    @property
    def name_font(self) -> QFont:
        font = interface_font(self.family, self.scale)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @property
    def small_font(self) -> QFont:
        return interface_font(self.family, self.scale * SMALL)


def appearance_of(settings: Settings, default_family: str) -> Appearance:
    return Appearance(
        theme=theme_for(settings.theme),
        family=settings.font_family or default_family,
        scale=settings.text_scale,
        caption_points=settings.caption_points,
        confidence_threshold=settings.confidence_threshold,
    )


def apply_appearance(application: QApplication, appearance: Appearance) -> None:
    """Apply fonts, palette and style sheet to the application; call only on changes, as it costs a layout."""
    application.setFont(interface_font(appearance.family, appearance.scale))
    application.setPalette(palette(appearance.theme))
    sheet = style_sheet(appearance.theme, BODY_POINTS * appearance.scale)
    if sheet != application.styleSheet():
        # Qt styles all widgets again, even for the same sheet.
        application.setStyleSheet(sheet)
    QGuiApplication.styleHints().setCursorFlashTime(0)
