"""Texts can be read: every pair of colours that the window uses is computed."""

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


def test_black_on_white_has_the_contrast_that_wcag_gives() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_of_a_theme_reaches_the_contrast(theme: Theme) -> None:
    surfaces = (theme.window, theme.surface)
    pairs = [(text, surface) for text in (theme.text, theme.muted, theme.accent) for surface in surfaces]
    pairs += [(theme.on_accent, theme.accent), (theme.on_accent, theme.accent_hover)]
    pairs += [(theme.on_warning, theme.warning), (theme.text, theme.note), (theme.muted, theme.gap)]
    pairs += [(theme.unsure, surface) for surface in surfaces]
    pairs += [(speaker, theme.window) for speaker in theme.speakers]
    too_faint = [(a.name(), b.name(), contrast(a, b)) for a, b in pairs if contrast(a, b) < TEXT_CONTRAST]
    assert not too_faint


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_borders_of_controls_can_be_seen(theme: Theme) -> None:
    """WCAG asks 3:1 of what is needed to find a control."""
    assert contrast(theme.control_border, theme.surface) >= 3.0
    assert contrast(theme.accent, theme.surface) >= 3.0


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_captions_are_readable_even_while_they_may_change(theme: Theme) -> None:
    assert contrast(theme.text, theme.window) >= CAPTION_CONTRAST
    assert contrast(theme.tentative, theme.window) >= CAPTION_CONTRAST


@given(colours, colours)
def test_any_chosen_colour_becomes_readable(colour: QColor, background: QColor) -> None:
    assert contrast(readable(colour, background), background) >= TEXT_CONTRAST


@given(colours)
def test_a_readable_colour_stays_as_it_was_chosen(colour: QColor) -> None:
    background = QColor("white")
    if contrast(colour, background) >= TEXT_CONTRAST:
        assert readable(colour, background).rgb() == colour.rgb()


@given(colours, st.floats(0.6, 1.0), st.sampled_from(["white", "yellow", "cyan", "green"]))
def test_overlay_texts_are_readable_over_anything(colour: QColor, opacity: float, text_colour: str) -> None:
    for text in text_colours(
        Row("Minji", colour.name(), (TextRun("bin"), TextRun(" blue", "tentative"))),
        OverlayLook(opacity, text_colour),
    ):
        assert contrast(text, lightest_background(opacity)) >= TEXT_CONTRAST


@pytest.mark.parametrize("text_colour", ["white", "yellow", "cyan", "green"])
def test_captions_of_the_overlay_reach_seven_as_it_comes(text_colour: str) -> None:
    look = OverlayLook(OverlaySettings().background_opacity, text_colour)
    row = Row("Minji", "#ffffff", (TextRun("bin"), TextRun(" blue", "tentative")))
    for text in text_colours(row, look)[1:]:
        assert contrast(text, lightest_background(look.background_opacity)) >= CAPTION_CONTRAST


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_the_text_of_an_empty_field_is_readable(qtbot: QtBot, theme: Theme) -> None:
    field = QLineEdit(placeholderText="Search")
    qtbot.addWidget(field)
    field.setStyleSheet(style_sheet(theme, 11))
    field.ensurePolished()
    shown = field.palette().placeholderText().color()
    opaque = QColor(shown.rgb())
    assert contrast(mix(theme.surface, opaque, shown.alphaF()), theme.surface) >= TEXT_CONTRAST


def test_mixing_is_painting_with_opacity() -> None:
    assert mix(QColor(0, 0, 0), QColor(200, 100, 50), 0.5).getRgb()[:3] == (100, 50, 25)
