"""How panel and overlay show uncertain words and unreadable lines."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.captions.on_screen import SpeakerStyle
from klipnet_live.settings import OverlaySettings
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.captions.panel import CaptionPanel
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.look.appearance import Appearance
from klipnet_live.ui.overlay.captions import OverlayCaptions
from tests.ui.conftest import Open
from tests.ui.fakes import FakeFactory, caption
from tests.unsure_captions import MISREAD, SHOWN, delivered


@pytest.fixture(scope="module")
def events() -> list[CaptionEvent]:
    return delivered()


def row_texts(panel: CaptionPanel) -> list[str]:
    return [panel.model.item(row).text() for row in range(panel.model.rowCount())]


def test_the_panel_hides_uncertain_words_and_marks_unreadable_lines(
    qtbot: QtBot, appearance: Appearance, events: list[CaptionEvent]
) -> None:
    panel = CaptionPanel(SpeakerBook(), appearance)
    qtbot.addWidget(panel)
    for event in events:
        panel.apply(event)
    readable, unreadable = row_texts(panel)
    assert SHOWN in readable
    assert "red" not in readable
    assert "speaking" in unreadable
    assert not any(word in unreadable.split() for word in MISREAD.split())


def test_the_panel_shows_that_a_line_has_begun(qtbot: QtBot, appearance: Appearance) -> None:
    panel = CaptionPanel(SpeakerBook(), appearance)
    qtbot.addWidget(panel)
    panel.apply(caption("started", committed=""))
    assert "… speaking" in row_texts(panel)[0]
    panel.apply(caption("completed", committed=""))
    assert row_texts(panel) == [], "a line without words must disappear"


def test_the_overlay_hides_uncertain_words_and_unreadable_lines(
    qapp: QApplication, events: list[CaptionEvent]
) -> None:
    overlay = OverlayCaptions(
        lambda speaker: SpeakerStyle("Ada", "#ffffff"), OverlaySettings(lines=3), lambda: 2.5
    )
    for event in events:
        overlay.apply(event)
    assert [row.text for row in overlay.rows()] == [SHOWN, "…"]


def test_a_new_confidence_threshold_applies_at_once(open_desktop: Open, factory: FakeFactory) -> None:
    desktop = open_desktop()
    desktop.settings_store.change(confidence_threshold=0.6)
    desktop.window.start_source("screen:0,0,100,100")
    [pipeline] = factory.made
    assert pipeline.least_confidence == 0.6
    desktop.settings_store.change(confidence_threshold=0.8)
    assert pipeline.least_confidence == 0.8
