"""Contrast of every pair of text and background colours that the window uses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from klipnet_live.captions.rows import Row
from klipnet_live.captions.runs import TextRun
from klipnet_live.settings import OverlaySettings
from klipnet_live.ui.look.contrast import CAPTION_CONTRAST, TEXT_CONTRAST, contrast, mix, readable
from klipnet_live.ui.look.style_sheet import style_sheet
from klipnet_live.ui.look.tokens import CONTRAST, DARK, LIGHT, Theme
from klipnet_live.ui.overlay.painter import OverlayLook, lightest_background, text_colours

THEMES = [LIGHT, DARK, CONTRAST]
colours = st.builds(QColor, *(st.integers(0, 255) for _ in range(3)))


def test_contrast_matches_the_values_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_of_a_theme_has_enough_contrast(theme: Theme) -> None:
    surfaces = (theme.window, theme.surface)
    pairs = [(text, surface) for text in (theme.text, theme.muted, theme.accent) for surface in surfaces]
    pairs += [(theme.on_accent, theme.accent), (theme.on_accent, theme.accent_hover)]
    pairs += [(theme.on_warning, theme.warning), (theme.text, theme.note), (theme.muted, theme.gap)]
    pairs += [(theme.unsure, surface) for surface in surfaces]
    pairs += [(speaker, theme.window) for speaker in theme.speakers]
    too_faint = [(a.name(), b.name(), contrast(a, b)) for a, b in pairs if contrast(a, b) < TEXT_CONTRAST]
    assert not too_faint


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_borders_of_controls_have_enough_contrast(theme: Theme) -> None:
    """WCAG requires 3:1 for the outline of a control."""
    assert contrast(theme.control_border, theme.surface) >= 3.0
    assert contrast(theme.accent, theme.surface) >= 3.0


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_final_and_tentative_captions_have_high_contrast(theme: Theme) -> None:
    assert contrast(theme.text, theme.window) >= CAPTION_CONTRAST
    assert contrast(theme.tentative, theme.window) >= CAPTION_CONTRAST


@given(colours, colours)
def test_readable_gives_any_colour_enough_contrast(colour: QColor, background: QColor) -> None:
    assert contrast(readable(colour, background), background) >= TEXT_CONTRAST


@given(colours)
def test_readable_keeps_a_colour_that_has_enough_contrast(colour: QColor) -> None:
    background = QColor("white")
    if contrast(colour, background) >= TEXT_CONTRAST:
        assert readable(colour, background).rgb() == colour.rgb()


@given(colours, st.floats(0.6, 1.0), st.sampled_from(["white", "yellow", "cyan", "green"]))
def test_overlay_text_has_enough_contrast_over_any_screen(
    colour: QColor, opacity: float, text_colour: str
) -> None:
    for text in text_colours(
        Row("Minji", colour.name(), (TextRun("bin"), TextRun(" blue", "tentative"))),
        OverlayLook(opacity, text_colour),
    ):
        assert contrast(text, lightest_background(opacity)) >= TEXT_CONTRAST


@pytest.mark.parametrize("text_colour", ["white", "yellow", "cyan", "green"])
def test_overlay_captions_have_high_contrast_with_default_settings(text_colour: str) -> None:
    look = OverlayLook(OverlaySettings().background_opacity, text_colour)
    row = Row("Minji", "#ffffff", (TextRun("bin"), TextRun(" blue", "tentative")))
    for text in text_colours(row, look)[1:]:
        assert contrast(text, lightest_background(look.background_opacity)) >= CAPTION_CONTRAST


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_placeholder_text_has_enough_contrast(qtbot: QtBot, theme: Theme) -> None:
    field = QLineEdit(placeholderText="Search")
    qtbot.addWidget(field)
    field.setStyleSheet(style_sheet(theme, 11))
    field.ensurePolished()
    shown = field.palette().placeholderText().color()
    opaque = QColor(shown.rgb())
    assert contrast(mix(theme.surface, opaque, shown.alphaF()), theme.surface) >= TEXT_CONTRAST


def test_mix_blends_by_opacity() -> None:
    assert mix(QColor(0, 0, 0), QColor(200, 100, 50), 0.5).getRgb()[:3] == (100, 50, 25)
