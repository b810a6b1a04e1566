"""What the panel and the overlay show of words that are not sure enough, and of lines that cannot be read."""

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
from tests.unsure import MISREAD, SHOWN, delivered


@pytest.fixture(scope="module")
def events() -> list[CaptionEvent]:
    return delivered()


def rows_of(panel: CaptionPanel) -> list[str]:
    return [panel.model.item(row).text() for row in range(panel.model.rowCount())]


def test_the_panel(qtbot: QtBot, appearance: Appearance, events: list[CaptionEvent]) -> None:
    panel = CaptionPanel(SpeakerBook(), appearance)
    qtbot.addWidget(panel)
    for event in events:
        panel.apply(event)
    said, unread = rows_of(panel)
    assert SHOWN in said
    assert "red" not in said
    assert "speaking" in unread
    assert not any(word in unread.split() for word in MISREAD.split())


def test_the_panel_says_of_a_line_that_has_begun_that_somebody_speaks(
    qtbot: QtBot, appearance: Appearance
) -> None:
    panel = CaptionPanel(SpeakerBook(), appearance)
    qtbot.addWidget(panel)
    panel.apply(caption("started", committed=""))
    assert "… speaking" in rows_of(panel)[0]
    panel.apply(caption("completed", committed=""))
    assert rows_of(panel) == [], "nothing was said after all"


def test_the_overlay(qapp: QApplication, events: list[CaptionEvent]) -> None:
    overlay = OverlayCaptions(
        lambda speaker: SpeakerStyle("Ada", "#ffffff"), OverlaySettings(lines=3), lambda: 2.5
    )
    for event in events:
        overlay.apply(event)
    assert [row.text for row in overlay.rows()] == [SHOWN, "…"]


def test_the_users_threshold_holds_for_what_is_read_now(open_desktop: Open, factory: FakeFactory) -> None:
    desktop = open_desktop()
    desktop.keeper.change(confidence_threshold=0.6)
    desktop.window.start_source("screen:0,0,100,100")
    [pipeline] = factory.made
    assert pipeline.least_confidence == 0.6
    desktop.keeper.change(confidence_threshold=0.8)
    assert pipeline.least_confidence == 0.8
